/** The device test (E08): cameras, level of the microphone, test tone. Faults are thrown as `CallProblem`. */
import type { CameraPreview, DeviceList, MicrophoneMeter } from './devices.types';
import { CallProblem, mediaDevices, mediaFault } from './faults';
import { audioConstraints, videoConstraints } from './media';

/** Labels are empty until the person has allowed a device once. */
export async function listDevices(): Promise<DeviceList> {
  const found = await mediaDevices().enumerateDevices();
  const of = (kind: MediaDeviceKind) => found.filter((device) => device.kind === kind && device.deviceId !== '');
  return { cameras: of('videoinput'), microphones: of('audioinput'), speakers: of('audiooutput') };
}

/** Tells when a device is plugged in or out; returns how to stop listening. */
export function onDevicesChange(listener: () => void): () => void {
  const devices = mediaDevices();
  devices.addEventListener('devicechange', listener);
  return () => devices.removeEventListener('devicechange', listener);
}

export async function openMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
  try {
    return await mediaDevices().getUserMedia(constraints);
  } catch (error) {
    if (error instanceof CallProblem) throw error;
    throw new CallProblem(mediaFault(error));
  }
}

export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Opens the camera and waits for nothing: show `stream` in a muted `<video>`. */
export async function previewCamera(camera?: string): Promise<CameraPreview> {
  const stream = await openMedia({ video: videoConstraints(camera) });
  const [track] = stream.getVideoTracks();
  const { width = 0, height = 0 } = track.getSettings();
  return { stream, label: track.label, width, height, stop: () => stopStream(stream) };
}

/** Reports the loudness of the microphone, 0 (silent) to 1 (clipping), about 20 times a second. */
export async function meterMicrophone(
  onLevel: (level: number) => void,
  microphone?: string,
): Promise<MicrophoneMeter> {
  const stream = await openMedia({ audio: audioConstraints(microphone) });
  const context = new AudioContext();
  // Without a tap on the page the context starts suspended, and the level would stay 0.
  await context.resume().catch(() => undefined);
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(levelOf(samples));
  }, 50);
  const stop = () => {
    clearInterval(timer);
    stopStream(stream);
    void context.close().catch(() => undefined);
  };
  return { stream, label: stream.getAudioTracks()[0].label, stop };
}

/** Loudness of samples on a scale the eye understands: −60 dB is 0, 0 dB is 1. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  if (power === 0) return 0;
  const decibels = 10 * Math.log10(power);
  return Math.min(1, Math.max(0, 1 + decibels / 60));
}

interface OutputChoosing {
  setSinkId?: (id: string) => Promise<void>;
}

/** Plays a soft two-note tone for about a second; the person says whether it was heard. */
export async function playTestTone(speaker?: string): Promise<void> {
  if (typeof AudioContext !== 'function') throw new CallProblem('unsupported');
  const context = new AudioContext();
  try {
    if (speaker) await (context as OutputChoosing).setSinkId?.(speaker);
    await context.resume();
    const end = context.currentTime + 1.1;
    for (const [frequency, start] of [[660, 0], [880, 0.5]]) {
      playNote(context, frequency, context.currentTime + start);
    }
    await new Promise((resolve) => setTimeout(resolve, (end - context.currentTime) * 1000));
  } finally {
    await context.close();
  }
}

function playNote(context: AudioContext, frequency: number, start: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = frequency;
  // Ramps instead of steps: a step would click.
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.3, start + 0.05);
  gain.gain.linearRampToValueAtTime(0, start + 0.5);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.5);
}
