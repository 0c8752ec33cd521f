/** Sound and vibration of a ring, until it is answered, put aside or over. */
const BUZZ_MS = 1600;

let sound: UniApp.InnerAudioContext | null = null;
let buzzing: ReturnType<typeof setInterval> | null = null;

export function startRinging(): void {
  if (buzzing) return;
  buzz();
  buzzing = setInterval(buzz, BUZZ_MS);
  sound ??= uni.createInnerAudioContext();
  sound.src = '/static/ring.wav';
  sound.loop = true;
  // a browser may refuse sound before the first tap on the page; the picture and the buzz remain
  sound.onError(() => undefined);
  try {
    sound.play();
  } catch {
    sound = null;
  }
}

export function stopRinging(): void {
  if (buzzing) clearInterval(buzzing);
  buzzing = null;
  sound?.stop();
}

/** A browser refuses, and complains in its console, before the first tap on the page. */
const mayBuzz = (): boolean => typeof navigator === 'undefined' || navigator.userActivation?.hasBeenActive !== false;

const buzz = (): void => {
  if (mayBuzz()) uni.vibrateLong({ fail: () => undefined });
};
