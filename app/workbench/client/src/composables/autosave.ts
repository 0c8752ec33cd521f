import { onBeforeUnmount, ref, watch, type Ref } from 'vue';

export type SaveState = 'saved' | 'saving' | 'unsaved';
const PAUSE_MS = 900;
const RETRY_MS = 5000;

/** Drafts lie in the browser until the server has them: a reload or a cut line loses nothing. */
export const drafts = {
  key: (kind: string, id: number) => `shuangxuan.desk.${kind}.${id}`,
  read: (key: string) => localStorage.getItem(key),
  write: (key: string, text: string) => localStorage.setItem(key, text),
  drop: (key: string) => localStorage.removeItem(key),
};

/** Saves *text* a moment after the last key, tries again when the line is cut, and at once when the page goes. */
export function useAutosave(id: Ref<number | null>, text: Ref<string>, save: (id: number, text: string) => Promise<unknown>) {
  const state = ref<SaveState>('saved');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stored = '';

  /** Starts with what the server has, unless a draft of this browser never reached it. */
  function begin(fromServer: string): void {
    const draft = id.value === null ? null : drafts.read(drafts.key('notes', id.value));
    stored = fromServer;
    text.value = draft ?? fromServer;
    state.value = text.value === stored ? 'saved' : 'unsaved';
    if (state.value === 'unsaved') plan(0);
  }

  function plan(pause: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), pause);
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    const mine = id.value;
    const sent = text.value;
    if (mine === null || sent === stored || state.value === 'saving') return;
    state.value = 'saving';
    try {
      await save(mine, sent);
      drafts.drop(drafts.key('notes', mine));
      if (mine !== id.value) return;
      stored = sent;
      state.value = text.value === sent ? 'saved' : 'unsaved';
      if (state.value === 'unsaved') plan(PAUSE_MS);
    } catch {
      if (mine !== id.value) return;
      state.value = 'unsaved';
      plan(RETRY_MS);
    }
  }

  watch(text, (now) => {
    if (id.value === null || now === stored) return;
    drafts.write(drafts.key('notes', id.value), now);
    if (state.value !== 'saving') state.value = 'unsaved';
    plan(PAUSE_MS);
  });

  onBeforeUnmount(() => void flush());
  return { state, begin, flush };
}
