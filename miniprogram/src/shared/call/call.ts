/** One call: devices, credentials, room and link under one roof, told to the page as a state. */
import { CredentialKeeper } from './credentials';
import { CallProblem } from './faults';
import type { Link, LinkOwner } from './link';
import { LocalMedia } from './media';
import { createLink } from './providers';
import { RoomSync } from './roomsync';
import { TalkClock } from './talkclock';
import { TIMING } from './timing';
import type { Call, CallMode, CallOptions, CallState, CallTiming, CloseReason, DeviceChoice } from './types';
import type { OutgoingSignal, PeerPresence, RefusedRequest, Signal, StateDetail, SyncAnswer, TrackKind } from './types';
import { Watchdog } from './watchdog';

/** Prepares a call; nothing is opened before `start()`. */
export function createCall(options: CallOptions): Call {
  return new RunningCall(options);
}

class RunningCall implements Call, LinkOwner {
  state: CallState = 'preparing';
  mode: CallMode;
  readonly local: LocalMedia;
  private readonly timing: CallTiming;
  private readonly watchdog: Watchdog;
  private readonly room: RoomSync;
  private readonly talk: TalkClock;
  private readonly credentials: CredentialKeeper;
  private readonly unfollow: () => void;
  private link: Link | null = null;
  private peer: PeerPresence = { present: false, audioMuted: false, videoMuted: false, silent: false };
  private ticker: ReturnType<typeof setInterval> | null = null;
  private wasConnected = false;
  private looking = false;
  private told = false;
  private toldMuted = false;
  private released = false;

  constructor(private readonly options: CallOptions) {
    this.timing = { ...TIMING, ...options.timing };
    this.watchdog = new Watchdog(this.timing);
    this.talk = new TalkClock((seconds) => options.onTalkSeconds?.(seconds));
    this.mode = options.mode ?? 'video';
    this.local = options.beside?.local ?? new LocalMedia((kind, fault) => options.onDeviceFault?.(kind, fault));
    this.unfollow = this.local.follow((kind, track) => this.localChanged(kind, track));
    const [fetch, refused] = [() => options.credentials(), () => this.fail('refused')];
    this.credentials = new CredentialKeeper({ fetch, refused, renewed: (fresh) => this.link?.renew(fresh) }, this.timing);
    this.room = new RoomSync(
      {
        post: (request) => options.sync(this.credentials.current!.room, request),
        pulse: options.pulse && ((request) => options.pulse!(this.credentials.current!.room, request)),
        token: () => this.credentials.current!.sync_token,
        received: (signals) => this.received(signals),
        answered: (answer) => this.answered(answer),
        ended: (reason) => this.over(reason),
        refused: () => this.fail('refused'),
        renew: () => this.credentials.renew(),
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
      if (!this.options.beside) await this.local.open(this.options.devices ?? {}, this.mode);
      if (this.isOver()) return;
      await this.connect();
    } catch (error) {
      this.fail(this.faultOf(error));
    }
  }

  async hangUp(): Promise<void> {
    if (this.isOver()) return;
    this.over('here', false);
    if (this.credentials.current) await this.room.leave({ kind: 'bye', body: {} });
  }

  setMuted(kind: TrackKind, on: boolean): void {
    this.local.setMuted(kind, on);
    this.tellMuted();
  }

  async setMode(mode: CallMode, mine: boolean): Promise<void> {
    if (this.mode === mode || this.isOver()) return;
    this.mode = mode;
    this.watchdog.look(Date.now(), true, true);
    if (!this.options.beside) await this.local.carry(mode, mine);
    if (this.isOver()) return;
    this.tellMuted();
    const connects = !this.link && this.credentials.current !== null && mode !== 'text';
    if (connects) await this.join([]).catch((error) => this.fail(this.faultOf(error)));
    void this.look();
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
    void this.credentials.renew().catch(() => undefined);
  }

  // The course of a call.

  private async connect(): Promise<void> {
    await this.credentials.begin();
    if (this.isOver()) return;
    this.tell('connecting');
    const first = await this.room.open();
    if (this.isOver()) return;
    this.ticker = setInterval(() => void this.look(), this.timing.flowCheck);
    this.tellMuted();
    this.notePeer(first);
    await this.join(first);
  }

  /** Typed talk needs no media: a browser that cannot carry any still takes part. */
  private async join(first: Signal[]): Promise<void> {
    try {
      this.link = await createLink(this, this.credentials.current!, this.options, this.timing.joinLimit);
    } catch (error) {
      if (this.mode === 'text') return;
      throw error;
    }
    if (this.isOver()) return this.link.close();
    await this.link.start(first);
  }

  /** Looks at the media: state, report to the server and watchdog follow from what arrives. */
  private async look(): Promise<void> {
    if (this.looking || this.isOver()) return;
    this.looking = true;
    try {
      const flowing = await this.isFlowing();
      if (this.isOver()) return;
      this.room.report(flowing);
      this.talk.run(flowing);
      if (flowing) this.connected();
      else this.searching();
    } finally {
      this.looking = false;
    }
  }

  /** Where no media is to be expected, the talk goes on as long as the other side is there. */
  private async isFlowing(): Promise<boolean> {
    const arrives = (await this.link?.isFlowing(Date.now()).catch(() => false)) ?? false;
    return arrives || ((this.mode === 'text' || this.peer.silent) && this.peer.present);
  }

  private connected(): void {
    this.watchdog.look(Date.now(), true, true);
    this.wasConnected = true;
    this.tell('connected');
  }

  private searching(): void {
    if (this.mode === 'text') return this.tell(this.wasConnected ? 'recovering' : 'connecting');
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
      if (kind === 'mute') this.setPeer(peerOf(body));
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
    const audio = this.local.muted.audio || this.local.lacks('audio');
    const video = this.local.muted.video || this.local.lacks('video');
    const silent = this.local.stream.getTracks().length === 0;
    // Nothing to say as long as nothing was ever muted.
    if ((audio || video || silent || this.toldMuted) && this.ticker !== null) {
      this.toldMuted = true;
      this.send({ kind: 'mute', body: { audio, video, silent } });
    }
  }

  private localChanged(kind: TrackKind, track: MediaStreamTrack | null): void {
    if (this.isOver()) return;
    this.options.onLocalStream?.(this.local.stream);
    this.tellMuted();
    void this.link?.trackChanged(kind, track).catch(() => undefined);
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
    this.credentials.stop();
    this.unfollow();
    if (stopRoom) this.room.stop();
    this.talk.stop();
    this.link?.close();
    this.link = null;
    if (this.options.beside) return;
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

const peerOf = (body: Record<string, unknown>): Partial<PeerPresence> =>
  ({ audioMuted: Boolean(body.audio), videoMuted: Boolean(body.video), silent: Boolean(body.silent) });
