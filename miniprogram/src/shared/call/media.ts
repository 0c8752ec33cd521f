/** The person's own camera and microphone during a call. */
import { CallProblem, mediaDevices, mediaFault } from './faults';
import type { CallMode, DeviceChoice, MediaFault, TrackKind } from './types';

const VIDEO: MediaTrackConstraints = {
  width: { ideal: 960 },
  height: { ideal: 540 },
  frameRate: { ideal: 24, max: 30 },
};
const AUDIO: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

export function videoConstraints(camera?: string): MediaTrackConstraints {
  return camera ? { ...VIDEO, deviceId: { exact: camera } } : { ...VIDEO, facingMode: 'user' };
}

export function audioConstraints(microphone?: string): MediaTrackConstraints {
  return microphone ? { ...AUDIO, deviceId: { exact: microphone } } : AUDIO;
}

/** Which devices a mode of the call needs. */
export function kindsOf(mode: CallMode): TrackKind[] {
  if (mode === 'text') return [];
  return mode === 'audio' ? ['audio'] : ['video', 'audio'];
}

type TrackListener = (kind: TrackKind, track: MediaStreamTrack | null) => void;

/**
 * Holds at most one track of each kind in one stable stream.
 *
 * A call goes on with one device when the other is missing or refused: an interview with sound
 * only is better than none.
 */
export class LocalMedia {
  readonly stream = new MediaStream();
  readonly muted: Record<TrackKind, boolean> = { audio: false, video: false };
  private facing: 'user' | 'environment' = 'user';
  private stopped = false;
  private wanted: TrackKind[] = ['video', 'audio'];
  private choice: DeviceChoice = {};
  private readonly listeners = new Set<TrackListener>();

  constructor(private readonly onFault: (kind: TrackKind, fault: MediaFault) => void) {}

  /** Tells every change of a track; returns how to stop listening. */
  follow(listener: TrackListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Opens what *mode* needs; throws the fault only when none of it works. */
  async open(choice: DeviceChoice, mode: CallMode = 'video'): Promise<void> {
    this.choice = choice;
    this.wanted = kindsOf(mode);
    if (mode === 'text') return;
    if (mode === 'audio') return this.openSound();
    const devices = mediaDevices();
    const wanted = { audio: audioConstraints(choice.microphone), video: videoConstraints(choice.camera) };
    try {
      // One question for both, so that the person is asked once.
      this.adopt(await devices.getUserMedia(wanted));
      return;
    } catch {
      // Which of the two it was shows only by asking for each.
    }
    const video = await this.openAny('video');
    const audio = await this.openAny('audio');
    if (video && audio) throw new CallProblem(video === 'missing' ? audio : video);
    if (video) this.onFault('video', video);
    if (audio) this.onFault('audio', audio);
  }

  private async openSound(): Promise<void> {
    const fault = await this.openAny('audio');
    if (fault) throw new CallProblem(fault);
  }

  /**
   * From now on *mode* is used: what it does not need is stopped, so that the camera's light goes out. What it needs
   * anew is opened when the person asked for it (*mine*), else it waits, muted, for the person's tap.
   */
  async carry(mode: CallMode, mine: boolean): Promise<void> {
    this.wanted = kindsOf(mode);
    for (const kind of ['video', 'audio'] as const) {
      const track = this.track(kind);
      if (track && !this.wanted.includes(kind)) {
        this.drop(track);
        this.tell(kind, null);
      } else if (!track && this.wanted.includes(kind)) {
        this.muted[kind] = !mine;
        if (mine) await this.openMissing(kind);
      }
    }
  }

  /** Whether the mode needs a device that is not open. */
  lacks(kind: TrackKind): boolean {
    return this.wanted.includes(kind) && this.track(kind) === null;
  }

  private async openMissing(kind: TrackKind): Promise<void> {
    const fault = await this.openAny(kind);
    if (fault) this.onFault(kind, fault);
  }

  private openAny(kind: TrackKind): Promise<MediaFault | null> {
    return kind === 'video'
      ? this.openOne(kind, { video: videoConstraints(this.choice.camera) }, { video: videoConstraints() })
      : this.openOne(kind, { audio: audioConstraints(this.choice.microphone) }, { audio: audioConstraints() });
  }

  track(kind: TrackKind): MediaStreamTrack | null {
    return this.stream.getTracks().find((track) => track.kind === kind) ?? null;
  }

  setMuted(kind: TrackKind, on: boolean): void {
    this.muted[kind] = on;
    const track = this.track(kind);
    // The track keeps flowing as silence or black, so the other side's watchdog stays calm.
    if (track) track.enabled = !on;
    else if (!on && this.lacks(kind)) void this.openMissing(kind);
  }

  async switchCamera(): Promise<void> {
    const cameras = (await mediaDevices().enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
    const current = this.track('video')?.getSettings();
    if (current?.facingMode) {
      this.facing = this.facing === 'user' ? 'environment' : 'user';
      await this.replace('video', { video: { ...VIDEO, facingMode: this.facing } });
      return;
    }
    const index = cameras.findIndex(({ deviceId }) => deviceId === current?.deviceId);
    const next = cameras[(index + 1) % cameras.length];
    if (next) await this.replace('video', { video: videoConstraints(next.deviceId) });
  }

  async use(choice: DeviceChoice): Promise<void> {
    if (choice.camera) await this.replace('video', { video: videoConstraints(choice.camera) });
    if (choice.microphone) await this.replace('audio', { audio: audioConstraints(choice.microphone) });
  }

  stop(): void {
    this.stopped = true;
    for (const track of this.stream.getTracks()) this.drop(track);
  }

  private async openOne(
    kind: TrackKind,
    chosen: MediaStreamConstraints,
    any: MediaStreamConstraints,
  ): Promise<MediaFault | null> {
    const devices = mediaDevices();
    try {
      this.adopt(await devices.getUserMedia(chosen));
      return null;
    } catch (first) {
      if (mediaFault(first) !== 'missing') return mediaFault(first);
    }
    try {
      // The remembered device was unplugged: take whichever is there.
      this.adopt(await devices.getUserMedia(any));
      return null;
    } catch (second) {
      return mediaFault(second);
    }
  }

  private async replace(kind: TrackKind, constraints: MediaStreamConstraints): Promise<void> {
    const old = this.track(kind);
    // Phones open one camera at a time: the old one must go first.
    if (old && kind === 'video') this.drop(old);
    try {
      this.adopt(await mediaDevices().getUserMedia(constraints));
    } catch (error) {
      const fault = mediaFault(error);
      this.onFault(kind, fault);
      if (old && kind === 'video') await this.openOne('video', { video: videoConstraints() }, { video: true });
      throw new CallProblem(fault);
    }
  }

  private adopt(opened: MediaStream): void {
    for (const track of opened.getTracks()) {
      const kind = track.kind as TrackKind;
      if (this.stopped || !this.wanted.includes(kind)) {
        track.stop(); // The page closed, or the mode changed, while the browser was still asking.
        continue;
      }
      const old = this.track(kind);
      if (old) this.drop(old);
      track.enabled = !this.muted[kind];
      track.addEventListener('ended', () => this.lost(track));
      this.stream.addTrack(track);
      this.tell(kind, track);
    }
  }

  private lost(track: MediaStreamTrack): void {
    // Fires when a device is unplugged or taken away, not on our own stop().
    if (!this.stream.getTracks().includes(track)) return;
    this.stream.removeTrack(track);
    this.tell(track.kind as TrackKind, null);
    this.onFault(track.kind as TrackKind, 'missing');
  }

  private tell(kind: TrackKind, track: MediaStreamTrack | null): void {
    for (const listener of this.listeners) listener(kind, track);
  }

  private drop(track: MediaStreamTrack): void {
    this.stream.removeTrack(track);
    track.stop();
  }
}
