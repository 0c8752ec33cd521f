import { usePreferences } from '@/stores/preferences';

type Tone = 'arrival' | 'answer' | 'missed' | 'calling';
const NOTES: Record<Tone, number[]> = { arrival: [660, 880], answer: [523, 659, 784], missed: [440, 349], calling: [784, 988, 784, 988] };
const NOTE_SECONDS = 0.14;

let context: AudioContext | null = null;

/** Short tones made by the browser, so that no sound file has to load; silent before the first tap (the browser's rule). */
export async function play(tone: Tone): Promise<void> {
  if (!usePreferences().chosen.sound || typeof AudioContext !== 'function') return;
  context ??= new AudioContext();
  if (context.state === 'suspended') await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 200))]);
  if (context.state !== 'running') return;
  NOTES[tone].forEach((frequency, place) => note(context as AudioContext, frequency, place));
}

function note(audio: AudioContext, frequency: number, place: number): void {
  const start = audio.currentTime + place * NOTE_SECONDS;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.18, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, start + NOTE_SECONDS * 1.6);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + NOTE_SECONDS * 1.7);
}
