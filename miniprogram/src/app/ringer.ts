import { mayBuzz, playRing, stopRing } from './ring-sound';

/** Sound and vibration of a ring, until it is answered, put aside or over. */
const BUZZ_MS = 1600;

let buzzing: ReturnType<typeof setInterval> | null = null;

export function startRinging(): void {
  if (buzzing) return;
  buzz();
  buzzing = setInterval(buzz, BUZZ_MS);
  playRing();
}

export function stopRinging(): void {
  if (!buzzing) return;
  clearInterval(buzzing);
  buzzing = null;
  stopRing();
}

/** One short word to the hand: the turn is near. */
export const tapShoulder = (): void => buzz();

const buzz = (): void => {
  if (mayBuzz()) uni.vibrateLong({ fail: () => undefined });
};
