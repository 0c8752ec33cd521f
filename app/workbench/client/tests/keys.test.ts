import { afterEach, describe, expect, it, vi } from 'vitest';
import { createApp, defineComponent } from 'vue';
import { keyName, useKeys } from '@/composables/keys';

let unmount = () => {};
function listen(map: Parameters<typeof useKeys>[0], blocked?: () => boolean) {
  const app = createApp(defineComponent({ setup: () => (useKeys(map, blocked), () => null) }));
  app.mount(document.createElement('div'));
  unmount = () => app.unmount();
}
function press(key: string, target: Element | Window = window, more: KeyboardEventInit = {}) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
}
function put<K extends keyof HTMLElementTagNameMap>(name: K): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  document.body.append(element);
  return element;
}
afterEach(() => {
  unmount();
  document.body.replaceChildren();
});

describe('keys', () => {
  it('name letters in lower case, also with caps lock', () => {
    expect(keyName(new KeyboardEvent('keydown', { key: 'A' }))).toBe('a');
    expect(keyName(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }))).toBe('Ctrl+Enter');
  });

  it('act on the page and rest while somebody types', () => {
    const accept = vi.fn();
    listen({ a: accept });
    press('a');
    press('a', put('textarea'));
    press('a', put('input'));
    expect(accept).toHaveBeenCalledTimes(1);
  });

  it('leave Enter to a focused button', () => {
    const call = vi.fn();
    listen({ Enter: call });
    press('Enter', put('button'));
    expect(call).not.toHaveBeenCalled();
    press('Enter');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('rest while a dialog is open and for an input method', () => {
    let open = true;
    const reject = vi.fn();
    listen({ r: reject }, () => open);
    press('r');
    open = false;
    press('r', window, { isComposing: true });
    expect(reject).not.toHaveBeenCalled();
  });

  it('give a key back to the browser when the page has no use for it', () => {
    listen({ Escape: () => false as const, j: () => undefined });
    expect(press('Escape').defaultPrevented).toBe(false);
    expect(press('j').defaultPrevented).toBe(true);
  });
});
