/** One call: devices, credentials, room and link under one roof, told to the page as a state. */
import { sdkOf } from './agora.sdk';
import { AgoraLink } from './agora';
import { assertWebrtc, CallProblem } from './faults';
import type { Link, LinkOwner } from './link';
import { LocalMedia } from './media';
import { RoomSync } from './roomsync';
import { TalkClock } from './talkclock';
import { TIMING } from './timing';
import type { Call, CallCredentials, CallOptions, CallState, CallTiming, CloseReason, DeviceChoice } from './types';
import type { OutgoingSignal, PeerPresence, RefusedRequest, Signal, StateDetail, SyncAnswer, TrackKind } from './types';
import { Watchdog } from './watchdog';
import { WebrtcLink } from './webrtc';

/** Prepares a call; nothing is opened before `start()`. */
export function createCall(options: CallOptions): Call {
  return new RunningCall(options);
}

class RunningCall implements Call, LinkOwner {
  state: CallState = 'preparing';
  readonly local: LocalMedia;
  private readonly timing: CallTiming;
  private readonly watchdog: Watchdog;
  private readonly room: RoomSync;
  private readonly talk: TalkClock;
  private credentials: CallCredentials | null = null;
  private link: Link | null = null;
  private peer: PeerPresence = { present: false, audioMuted: false, videoMuted: false };
  private ticker: ReturnType<typeof setInterval> | null = null;
  private renewal: ReturnType<typeof setTimeout> | null = null;
  private renewing: Promise<void> | null = null;
  private wasConnected = false;
  private looking = false;
  private told = false;
  private toldMuted = false;
  private released = false;

  constructor(private readonly options: CallOptions) {
    this.timing = { ...TIMING, ...options.timing };
    this.watchdog = new Watchdog(this.timing);
    this.talk = new TalkClock((seconds) => options.onTalkSeconds?.(seconds));
    this.local = new LocalMedia(
      (kind, track) => this.localChanged(kind, track),
      (kind, fault) => options.onDeviceFault?.(kind, fault),
    );
    this.room = new RoomSync(
      {
        post: (request) => options.sync(this.credentials!.room, request),
        token: () => this.credentials!.sync_token,
        received: (signals) => this.received(signals),
        answered: (answer) => this.answered(answer),
        ended: (reason) => this.over(reason),
        refused: () => this.fail('refused'),
        renew: () => this.renew(),
      },
      this.timing,
    );
  }

  get muted(): Readonly<Record<TrackKind, boolean>> {
    return this.local.muted;
  }

  async start(): Promise<void> {
    this.tell('preparing');
    try {
      await this.local.open(this.options.devices ?? {});
      if (this.isOver()) return;
      await this.connect();
    } catch (error) {
      this.fail(this.faultOf(error));
    }
  }

  async hangUp(): Promise<void> {
    if (this.isOver()) return;
    this.over('here', false);
    if (this.credentials) await this.room.leave({ kind: 'bye', body: {} });
  }

  setMuted(kind: TrackKind, on: boolean): void {
    this.local.setMuted(kind, on);
    this.tellMuted();
  }

  switchCamera(): Promise<void> {
    return this.local.switchCamera();
  }

  useDevices(choice: DeviceChoice): Promise<void> {
    return this.local.use(choice);
  }

  nudge(): void {
    this.room.nudge();
  }

  close(): void {
    this.over('here');
  }

  // What the link asks of its owner.

  send(signal: OutgoingSignal): void {
    if (!this.isOver()) this.room.send(signal);
  }

  remote(stream: MediaStream | null): void {
    this.options.onRemoteStream?.(stream);
  }

  rebuilt(): void {
    this.watchdog.rebuilt(Date.now());
  }

  broken(): void {
    if (this.isOver() || !this.link) return;
    if (this.wasConnected) this.tell('recovering');
    void this.link.rebuild().catch(() => undefined);
  }

  expiring(): void {
    void this.renew().catch(() => undefined);
  }

  // The course of a call.

  private async connect(): Promise<void> {
    this.credentials = await this.options.credentials();
    if (this.isOver()) return;
    this.planRenewal();
    this.tell('connecting');
    const first = await this.room.open();
    if (this.isOver()) return;
    this.link = await this.createLink(this.credentials);
    if (this.isOver()) return this.link.close();
    this.ticker = setInterval(() => void this.look(), this.timing.flowCheck);
    this.tellMuted();
    this.notePeer(first);
    await this.link.start(first);
  }

  private async createLink({ provider, webrtc, agora }: CallCredentials): Promise<Link> {
    if (provider === 'webrtc' && webrtc) {
      assertWebrtc();
      return new WebrtcLink(this, webrtc, this.options.relayOnly ?? false);
    }
    if (provider === 'agora' && agora && this.options.loadAgora) {
      return new AgoraLink(this, sdkOf(await this.options.loadAgora()), agora, this.timing.joinLimit);
    }
    throw new CallProblem('unsupported', `no client for ${provider}`);
  }

  /** Looks at the media: state, report to the server and watchdog follow from what arrives. */
  private async look(): Promise<void> {
    if (this.looking || !this.link || this.isOver()) return;
    this.looking = true;
    try {
      const flowing = await this.link.isFlowing(Date.now()).catch(() => false);
      if (this.isOver()) return;
      this.room.report(flowing);
      this.talk.run(flowing);
      if (flowing) this.connected();
      else this.searching();
    } finally {
      this.looking = false;
    }
  }

  private connected(): void {
    this.watchdog.look(Date.now(), true, true);
    this.wasConnected = true;
    this.tell('connected');
  }

  private searching(): void {
    const verdict = this.watchdog.look(Date.now(), false, this.peer.present);
    if (this.watchdog.isUnreachable(Date.now())) this.tell('failed', { fault: 'unreachable' });
    else if (this.wasConnected) this.tell('recovering');
    else this.tell('connecting');
    if (verdict === 'rebuild') void this.link?.rebuild().catch(() => undefined);
  }

  private received(signals: Signal[]): void {
    this.notePeer(signals);
    if (!this.isOver()) void this.link?.receive(signals);
  }

  private notePeer(signals: Signal[]): void {
    for (const { kind, body } of signals) {
      if (kind === 'mute') this.setPeer({ audioMuted: Boolean(body.audio), videoMuted: Boolean(body.video) });
      // A new page of the other side does not know what we muted.
      if (kind === 'restart' || kind === 'offer') this.tellMuted();
    }
    const last = signals[signals.length - 1];
    // After a bye the person may come back (a tab closed by mistake): then something follows it.
    if (last?.kind === 'bye') this.over('peer');
  }

  private answered(answer: SyncAnswer): void {
    this.talk.correct(answer.talk_seconds);
    const seen = answer.peer_seen_at === null ? null : Date.parse(answer.peer_seen_at);
    const now = Date.parse(answer.server_now);
    this.setPeer({ present: seen !== null && now - seen < this.timing.peerGoneAfter });
  }

  private setPeer(change: Partial<PeerPresence>): void {
    const peer = { ...this.peer, ...change };
    if (JSON.stringify(peer) === JSON.stringify(this.peer)) return;
    this.peer = peer;
    this.options.onPeer?.(peer);
  }

  private tellMuted(): void {
    const { audio, video } = this.local.muted;
    // Nothing to say as long as nothing was ever muted.
    if ((audio || video || this.toldMuted) && this.link) {
      this.toldMuted = true;
      this.send({ kind: 'mute', body: { audio, video } });
    }
  }

  private localChanged(kind: TrackKind, track: MediaStreamTrack | null): void {
    if (this.isOver()) return;
    this.options.onLocalStream?.(this.local.stream);
    void this.link?.trackChanged(kind, track).catch(() => undefined);
  }

  private renew(): Promise<void> {
    this.renewing ??= this.fetchAnew().finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  private async fetchAnew(): Promise<void> {
    try {
      const fresh = await this.options.credentials();
      if (this.isOver()) return;
      this.credentials = fresh;
      await this.link?.renew(fresh);
    } catch (error) {
      if ((error as RefusedRequest).status === 403) this.fail('refused');
    } finally {
      if (!this.isOver()) this.planRenewal();
    }
  }

  private planRenewal(): void {
    if (this.renewal !== null) clearTimeout(this.renewal);
    const left = Date.parse(this.credentials!.expires_at) - Date.now() - this.timing.renewBefore;
    // A phone with a wrong clock must not ask in a tight loop.
    this.renewal = setTimeout(() => this.expiring(), Math.max(left, 10_000));
  }

  private faultOf(error: unknown): StateDetail['fault'] {
    if (error instanceof CallProblem) return error.fault;
    const { status } = error as RefusedRequest;
    return status !== undefined && status >= 400 && status < 500 ? 'refused' : 'unreachable';
  }

  private fail(fault: StateDetail['fault']): void {
    if (this.isOver()) return;
    this.tell('failed', { fault });
    this.release();
  }

  private over(reason: CloseReason, stopRoom = true): void {
    if (this.state === 'closed') return;
    this.release(stopRoom);
    this.tell('closed', { reason });
  }

  /** Stops every timer and track. */
  private release(stopRoom = true): void {
    this.released = true;
    if (this.ticker !== null) clearInterval(this.ticker);
    if (this.renewal !== null) clearTimeout(this.renewal);
    if (stopRoom) this.room.stop();
    this.talk.stop();
    this.link?.close();
    this.link = null;
    this.local.stop();
    this.options.onLocalStream?.(null);
  }

  private isOver(): boolean {
    return this.released;
  }

  private tell(state: CallState, detail: StateDetail = {}): void {
    if (this.state === 'closed' || (this.state === state && this.told)) return;
    this.told = true;
    this.state = state;
    this.options.onState?.(state, detail);
  }
}
