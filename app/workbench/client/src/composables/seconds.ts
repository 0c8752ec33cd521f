import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** A tick that makes countdowns move; the truth stays with the server's clock. */
export function useTick(milliseconds = 500): Ref<number> {
  const tick = ref(0);
  let timer: ReturnType<typeof setInterval> | undefined;
  onMounted(() => (timer = setInterval(() => (tick.value += 1), milliseconds)));
  onBeforeUnmount(() => clearInterval(timer));
  return tick;
}
