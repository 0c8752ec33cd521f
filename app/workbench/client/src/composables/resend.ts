import { computed, onBeforeUnmount, ref } from 'vue';

/** Seconds until something may be asked for again. */
export function useResend() {
  const until = ref(0);
  const now = ref(Date.now());
  let timer: ReturnType<typeof setInterval> | undefined;

  function begin(seconds: number): void {
    clearInterval(timer);
    now.value = Date.now();
    until.value = now.value + seconds * 1000;
    timer = setInterval(() => {
      now.value = Date.now();
      if (now.value >= until.value) clearInterval(timer);
    }, 500);
  }

  onBeforeUnmount(() => clearInterval(timer));
  const left = computed(() => Math.max(0, Math.ceil((until.value - now.value) / 1000)));
  return { left, begin };
}
