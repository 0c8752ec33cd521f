import { onBeforeUnmount, onMounted } from 'vue';

/** Key (as `KeyboardEvent.key`, letters in lower case) → what it does. Returning false leaves the key to the browser. */
export type KeyMap = Record<string, (event: KeyboardEvent) => void | false>;

const TYPING = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]';
const PRESSABLE = 'button, a[href], summary, [role=radio], [role=tab], [role=button]';

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

/** Enter and space on a focused button belong to that button. */
function isPress(event: KeyboardEvent): boolean {
  return (event.key === 'Enter' || event.key === ' ') && event.target instanceof Element && event.target.closest(PRESSABLE) !== null;
}

export function keyName(event: KeyboardEvent): string {
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `Ctrl+${name}` : name;
}

/** The page's single keys. They rest while somebody types, while a dialog is open, and for an input method's keys. */
export function useKeys(map: KeyMap, blocked: () => boolean = () => false): void {
  function listen(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey || event.defaultPrevented || blocked()) return;
    const name = keyName(event);
    const act = map[name];
    if (!act || isPress(event)) return;
    if (isTyping(event.target) && !name.startsWith('Ctrl+') && name !== 'Escape') return;
    if (act(event) !== false) event.preventDefault();
  }
  onMounted(() => window.addEventListener('keydown', listen));
  onBeforeUnmount(() => window.removeEventListener('keydown', listen));
}
