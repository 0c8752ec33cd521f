import { onUnmounted, ref } from 'vue';
import { serverClock } from '@/app/realtime';

/** The server's time, ticking every second while the component lives. */
export function useNow() {
  const now = ref(serverClock.now());
  const timer = setInterval(() => (now.value = serverClock.now()), 1000);
  onUnmounted(() => clearInterval(timer));
  return now;
}
