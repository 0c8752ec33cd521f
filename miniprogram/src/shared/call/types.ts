/**
 * The call engine's surface: what a page gives it and what it tells the page.
 *
 * Framework-free: a page (Vue, uni-app or plain) owns one `Call`, shows what the callbacks say and
 * closes it when it hides. Network access is injected, so that one file serves every client.
 */
import type { LocalMedia } from './media';

/**
 * preparing: opening camera and microphone · connecting: waiting for the other side's media ·
 * connected: media flows · recovering: media stopped, the connection is being rebuilt ·
 * failed: see `StateDetail.fault`; for a new try create a new call (after `unreachable` the engine
 * itself goes on trying and may still connect) · closed: over, every track is stopped.
 */
export type CallState = 'preparing' | 'connecting' | 'connected' | 'recovering' | 'failed' | 'closed';

/** What is wrong with a device or the page; each needs its own advice to the person. */
export type MediaFault =
  | 'denied' // the person or the system refused camera or microphone
  | 'missing' // there is no such device
  | 'insecure' // the page is not HTTPS, so the browser hides the devices
  | 'busy' // another program holds the device
  | 'unsupported'; // this browser cannot make calls

/** Also: unreachable = no media although both are there, or the server cannot be reached. */
export type CallFault = MediaFault | 'unreachable' | 'refused';

/** Why a call is over: here = this side, peer = the other side left, ended = the server closed the room. */
export type CloseReason = 'here' | 'peer' | 'ended' | 'replaced';

export interface StateDetail {
  fault?: CallFault;
  reason?: CloseReason;
}

export type Side = 'student' | 'recruiter';
export type TrackKind = 'audio' | 'video';

/** How a call goes on: with pictures, with sound only, or typed. Clock and notes are the same. */
export type CallMode = 'video' | 'audio' | 'text';

/** Answer of `POST /api/interviews/{id}/credentials`. */
export interface CallCredentials {
  provider: 'webrtc' | 'agora';
  room: string;
  side: Side;
  /** ISO 8601; the engine renews before. */
  expires_at: string;
  /** Proves room and side to the sync endpoint, for either provider. */
  sync_token: string;
  webrtc: WebrtcCredentials | null;
  agora: AgoraCredentials | null;
}

export interface WebrtcCredentials {
  token: string;
  ice_servers: RTCIceServer[];
  sync_url: string;
  /** The recruiter's side offers, and only that side. */
  offers: boolean;
}

export interface AgoraCredentials {
  app_id: string;
  channel: string;
  uid: number;
  token: string;
  codec: 'h264';
}

export type SignalKind = 'offer' | 'answer' | 'ice' | 'restart' | 'mute' | 'bye';

export interface OutgoingSignal {
  kind: SignalKind;
  body: Record<string, unknown>;
}

export interface Signal extends OutgoingSignal {
  seq: number;
}

/** What a page says of a call that goes on: the body of `ask` about a `room` (with the room's name). */
export interface PulseRequest {
  after: number;
  /** This page's own name: the newest page of a side takes the seat. */
  client: string;
  token: string;
  media: { flowing: boolean };
}

/** Body of `POST /api/rooms/{room}/sync`. */
export interface SyncRequest extends PulseRequest {
  signals: OutgoingSignal[];
}

export interface SyncAnswer {
  signals: Signal[];
  after: number;
  talk_seconds: number;
  open: boolean;
  /** ISO 8601 of the other side's last sync, null when it has not come yet. */
  peer_seen_at: string | null;
  server_now: string;
}

/** How the server's refusals reach the engine: `sync` and `credentials` throw an error with these. */
export interface RefusedRequest {
  status?: number;
  /** Last part of the problem's `type`, e.g. `room-credential-expired`. */
  code?: string;
}

export interface PeerPresence {
  /** The other side's page was there within the last seconds. */
  present: boolean;
  audioMuted: boolean;
  videoMuted: boolean;
  /** It sends no media at all (no device, or none opened): nothing arriving is no fault then. */
  silent: boolean;
}

export interface DeviceChoice {
  camera?: string;
  microphone?: string;
}

export interface CallOptions {
  /** Fetches credentials; called again to renew them. */
  credentials(): Promise<CallCredentials>;
  /** Posts one sync to the room. */
  sync(room: string, request: SyncRequest): Promise<SyncAnswer>;
  /** The same over the page's socket, while media flows and nothing is to be sent; rejected, it is posted. */
  pulse?(room: string, request: PulseRequest): Promise<SyncAnswer>;
  /** How the call goes on at this moment, as the server says; default video. */
  mode?: CallMode;
  /** Another call of this page whose camera and microphone are used: a colleague is met beside the main call. */
  beside?: Call;
  /** Devices chosen in the device test. */
  devices?: DeviceChoice;
  /** `() => import('agora-rtc-sdk-ng')`; only clients that use Agora pass it. */
  loadAgora?: () => Promise<unknown>;
  onState?(state: CallState, detail: StateDetail): void;
  /** The person's own picture, null when stopped. Show it muted. */
  onLocalStream?(stream: MediaStream | null): void;
  onRemoteStream?(stream: MediaStream | null): void;
  /** The server's talk clock, ticked every second in between. */
  onTalkSeconds?(seconds: number): void;
  onPeer?(peer: PeerPresence): void;
  /** A device is missing or refused, yet the call goes on with the other one. */
  onDeviceFault?(kind: TrackKind, fault: MediaFault): void;
  /** For tests and for networks that allow only relays. */
  relayOnly?: boolean;
  timing?: Partial<CallTiming>;
}

/** All in milliseconds. */
export interface CallTiming {
  /** Between syncs until media flows. */
  syncSearching: number;
  /** Between syncs while media flows. */
  syncFlowing: number;
  /** Between looks at the media counters. */
  flowCheck: number;
  /** Without media for this long, the connection is rebuilt. */
  stalledAfter: number;
  /** Without media for this long although the peer is there: failed (trying goes on). */
  unreachableAfter: number;
  /** The peer counts as gone when it has not synced for this long. */
  peerGoneAfter: number;
  /** Own limit for joining Agora, which never gives up by itself. */
  joinLimit: number;
  /** Credentials are renewed this long before they expire. */
  renewBefore: number;
}

export interface Call {
  readonly state: CallState;
  readonly mode: CallMode;
  /** The devices; lent to calls beside this one. */
  readonly local: LocalMedia;
  readonly muted: Readonly<Record<TrackKind, boolean>>;
  /** Opens the devices and connects. Resolves when searching for the peer; faults come by `onState`. */
  start(): Promise<void>;
  /** Tells the other side and closes. The page posts `/api/interviews/{id}/hang-up` itself. */
  hangUp(): Promise<void>;
  /** Unmuting opens the device when a change of mode had left it closed. */
  setMuted(kind: TrackKind, on: boolean): void;
  /**
   * Goes on in another mode. Tracks that it does not need are stopped. When the other side asked (*mine* false),
   * nothing is opened by itself: the person turns microphone and camera on.
   */
  setMode(mode: CallMode, mine: boolean): Promise<void>;
  /** Front and back camera of a phone, or the next camera of a computer. */
  switchCamera(): Promise<void>;
  useDevices(choice: DeviceChoice): Promise<void>;
  /** Sync at once: call it when the socket says `rtc.signal`. */
  nudge(): void;
  /** Stops every track and timer, without telling the other side (a page that hides). */
  close(): void;
}
