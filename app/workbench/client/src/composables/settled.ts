import { onBeforeUnmount, watch, type WatchSource } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';

const TYPING_PAUSE_MS = 300;

/** Acts once the filters of a page have rested; what still waits when the page is left would call back who has gone on, and is dropped. */
export function onceSettled(filters: WatchSource[], act: () => void): void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  const drop = () => clearTimeout(pause);
  watch(filters, () => {
    drop();
    pause = setTimeout(act, TYPING_PAUSE_MS);
  });
  onBeforeRouteLeave(drop);
  onBeforeUnmount(drop);
}
