/** The ring's sound in the mini-program. */
let sound: UniApp.InnerAudioContext | null = null;

export function playRing(): void {
  sound ??= uni.createInnerAudioContext();
  sound.src = '/static/ring.wav';
  sound.loop = true;
  sound.onError(() => undefined);
  sound.play();
}

export const stopRing = (): void => sound?.stop();

export const mayBuzz = (): boolean => true;
