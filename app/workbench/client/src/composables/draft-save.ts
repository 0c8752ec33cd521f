import { onBeforeUnmount, reactive, ref, watch } from 'vue';
import { isProblem } from '@/api';

export type DraftState = 'saved' | 'saving' | 'unsaved' | 'invalid';
const PAUSE_MS = 800;
const RETRY_MS = 5000;

interface Options<T, R> {
  /** Keeps the changed fields; rejects with the server's problem. */
  save: (changes: Partial<T>) => Promise<R>;
  saved: (answer: R) => void;
  /** Where changes lie until the server has them. */
  key: () => string | null;
}

/**
 * A form that keeps itself: what changed is sent a moment after the last key. A field that the
 * server refuses is marked and left out, the others are kept; when the line is cut, everything
 * lies in the browser and is sent again.
 */
export function useDraftSave<T extends object, R>(fields: T, { save, saved, key }: Options<T, R>) {
  const state = ref<DraftState>('saved');
  const errors = reactive<Record<string, string>>({});
  let stored = copy(fields);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | null = null;

  /** Starts with what the server has, and with what this browser could not send. */
  function begin(fromServer: T): void {
    stored = copy(fromServer);
    Object.assign(fields, copy(fromServer), left());
    if (Object.keys(changes()).length) plan(0);
  }

  function left(): Partial<T> {
    const name = key();
    try {
      return name ? (JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<T>) : {};
    } catch {
      return {};
    }
  }

  function changes(): Partial<T> {
    const names = Object.keys(fields) as (keyof T & string)[];
    return Object.fromEntries(names.filter((name) => !same(fields[name], stored[name])).map((name) => [name, fields[name]])) as Partial<T>;
  }

  function keep(): void {
    const name = key();
    if (!name) return;
    const open = changes();
    if (Object.keys(open).length) localStorage.setItem(name, JSON.stringify(open));
    else localStorage.removeItem(name);
  }

  function plan(pause: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), pause);
  }

  /** Sends what is open, after a save that is on its way; whether the server has everything now. */
  async function flush(): Promise<boolean> {
    clearTimeout(timer);
    while (running) await running;
    running = sendAll().finally(() => (running = null));
    return running;
  }

  /** Sends what is changed and not refused; a refusal takes its fields out and the rest goes again. */
  async function sendAll(): Promise<boolean> {
    for (let round = 0; round < 8; round += 1) {
      const open = Object.entries(changes()).filter(([name]) => !errors[name]);
      if (!open.length) break;
      const sent = copy(Object.fromEntries(open)) as Partial<T>;
      state.value = 'saving';
      try {
        const answer = await save(sent);
        Object.assign(stored, sent);
        keep();
        saved(answer);
      } catch (error) {
        if (!mark(error)) {
          state.value = 'unsaved';
          plan(RETRY_MS);
          return false;
        }
      }
    }
    state.value = Object.keys(errors).length ? 'invalid' : 'saved';
    return state.value === 'saved';
  }

  /** Whether the refusal names fields of ours. */
  function mark(error: unknown): boolean {
    if (!isProblem(error)) return false;
    const found = Object.entries(error.fieldErrors()).map(([pointer, words]) => [pointer.split('/')[1] ?? '', words] as const);
    const ours = found.filter(([name]) => name in fields);
    for (const [name, words] of ours) errors[name] = words;
    return ours.length > 0;
  }

  watch(
    () => copy(fields),
    (now, before) => {
      for (const name of Object.keys(now)) if (!same(now[name as keyof T], before[name as keyof T])) delete errors[name];
      keep();
      if (!Object.keys(changes()).length) {
        if (!Object.keys(errors).length && !running) state.value = 'saved';
        return;
      }
      if (!running) state.value = 'unsaved';
      plan(PAUSE_MS);
    },
  );

  onBeforeUnmount(() => {
    if (Object.keys(changes()).length) void flush();
    else clearTimeout(timer);
  });
  return { state, errors, begin, flush };
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
