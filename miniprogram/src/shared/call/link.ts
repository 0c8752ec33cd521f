/** What every provider does for a call; webrtc.ts and agora.ts are the two that exist. */
import type { CallCredentials, OutgoingSignal, Signal, TrackKind } from './types';
import type { LocalMedia } from './media';

export interface Link {
  /** *first*: what already lay in the mailbox when this page came. */
  start(first: Signal[]): Promise<void>;
  receive(signals: Signal[]): Promise<void>;
  /** The local track of this kind changed; null when it is gone. */
  trackChanged(kind: TrackKind, track: MediaStreamTrack | null): Promise<void>;
  /** Does media arrive? Asked every `flowCheck`. */
  isFlowing(now: number): Promise<boolean>;
  /** Nothing arrives although the peer is there. */
  rebuild(): Promise<void>;
  renew(credentials: CallCredentials): Promise<void>;
  close(): void;
}

/** What a link may ask of the call that owns it. */
export interface LinkOwner {
  readonly local: LocalMedia;
  send(signal: OutgoingSignal): void;
  remote(stream: MediaStream | null): void;
  /** The connection was made anew: the watchdog starts again. */
  rebuilt(): void;
  /** The provider says the connection is dead: do not wait for the watchdog. */
  broken(): void;
  /** The provider's credential runs out before the engine's own timer. */
  expiring(): void;
}
