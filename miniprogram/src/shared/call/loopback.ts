/** A call with oneself: pictures and sound go through a real connection and come back (E08). */
import type { Loopback, LoopbackResult } from './devices.types';
import { openMedia, stopStream } from './devices';
import { assertWebrtc } from './faults';
import { audioConstraints, videoConstraints } from './media';
import type { DeviceChoice } from './types';

const LOOK_EVERY = 200;

/** Connects this page with itself. `result` settles after at most *limit* milliseconds. */
export async function callOneself(choice: DeviceChoice = {}, limit = 8000): Promise<Loopback> {
  assertWebrtc();
  const local = await openMedia({
    video: videoConstraints(choice.camera),
    audio: audioConstraints(choice.microphone),
  });
  const near = new RTCPeerConnection();
  const far = new RTCPeerConnection();
  const stream = new MediaStream();
  far.addEventListener('track', ({ track }) => stream.addTrack(track));
  const stop = () => {
    near.close();
    far.close();
    stopStream(local);
  };
  try {
    await connect(near, far, local);
  } catch (error) {
    stop();
    throw error;
  }
  return { stream, stop, result: watch(far, limit) };
}

async function connect(near: RTCPeerConnection, far: RTCPeerConnection, local: MediaStream): Promise<void> {
  exchangeCandidates(near, far);
  exchangeCandidates(far, near);
  for (const track of local.getTracks()) near.addTrack(track, local);
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription!);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription!);
}

function exchangeCandidates(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    // A candidate that comes after stop() has nowhere to go.
    if (candidate && to.signalingState !== 'closed') to.addIceCandidate(candidate).catch(() => undefined);
  });
}

async function watch(far: RTCPeerConnection, limit: number): Promise<LoopbackResult> {
  const start = performance.now();
  for (;;) {
    const arrived = await arrivedKinds(far);
    const milliseconds = Math.round(performance.now() - start);
    const over = far.signalingState === 'closed' || milliseconds >= limit;
    if ((arrived.video && arrived.audio) || over) return { ...arrived, milliseconds };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}

async function arrivedKinds(far: RTCPeerConnection): Promise<{ video: boolean; audio: boolean }> {
  const arrived = { video: false, audio: false };
  if (far.signalingState === 'closed') return arrived;
  const report = await far.getStats();
  report.forEach((entry: { type: string; kind?: string; framesDecoded?: number; packetsReceived?: number }) => {
    if (entry.type !== 'inbound-rtp') return;
    if (entry.kind === 'video' && (entry.framesDecoded ?? 0) > 0) arrived.video = true;
    if (entry.kind === 'audio' && (entry.packetsReceived ?? 0) > 0) arrived.audio = true;
  });
  return arrived;
}
