/** The ring's sound in a browser, which may refuse it before the first tap; the picture and the buzz remain. */
let sound: HTMLAudioElement | null = null;

export function playRing(): void {
  sound ??= Object.assign(new Audio(`${import.meta.env.BASE_URL}static/ring.wav`), { loop: true });
  sound.currentTime = 0;
  // a ring that ends while the sound still loads refuses the promise too
  sound.play().catch(() => undefined);
}

export const stopRing = (): void => sound?.pause();

/** A browser refuses to vibrate, and complains in its console, before the first tap on the page. */
export const mayBuzz = (): boolean => navigator.userActivation?.hasBeenActive !== false;
