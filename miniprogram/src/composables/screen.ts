import { computed, ref, shallowRef, type Ref } from 'vue';
import { Problem } from '@/shared/api';
import { serverClock } from '@/app/realtime';

export type ScreenState = 'loading' | 'ready' | 'offline' | 'error';

/** One page's read: loading, ready, offline or failed. A failed refresh keeps what is already shown. */
export function useScreen<T>(read: () => Promise<T>) {
  const data = shallowRef<T | null>(null) as Ref<T | null>;
  const error = ref<unknown>(null);
  const busy = ref(false);
  let latest = 0;

  const state = computed<ScreenState>(() => {
    if (data.value !== null) return 'ready';
    if (error.value === null) return 'loading';
    return error.value instanceof Problem && error.value.status === 0 ? 'offline' : 'error';
  });

  async function load(): Promise<void> {
    const mine = ++latest;
    busy.value = true;
    try {
      const next = await read();
      if (mine !== latest) return; // an answer overtaken by a newer question
      const stamp = (next as { server_now?: string } | null)?.server_now;
      if (stamp) serverClock.learn(stamp);
      data.value = next;
      error.value = null;
    } catch (reason) {
      if (mine === latest) error.value = reason;
    } finally {
      if (mine === latest) busy.value = false;
    }
  }

  async function retry(): Promise<void> {
    if (data.value === null) error.value = null;
    await load();
  }

  return { data, error, state, busy, load, retry };
}
