/** Video through Agora: codec h264 and role host, or the mini-program on the other side sees nothing. */
import type { AgoraClient, AgoraRemoteUser, AgoraSdk, AgoraTrack } from './agora.sdk';
import { CallProblem } from './faults';
import { FlowMeter } from './flow';
import type { Link, LinkOwner } from './link';
import type { AgoraCredentials, CallCredentials, TrackKind } from './types';

/** Agora refreshes its counters about once a second. */
const FLOW_PATIENCE = 4000;
const LOG_WARNINGS = 2;

export class AgoraLink implements Link {
  private readonly client: AgoraClient;
  private readonly published = new Map<TrackKind, AgoraTrack>();
  private readonly remote = new MediaStream();
  private readonly meter = new FlowMeter(FLOW_PATIENCE);
  private joining: Promise<void> | null = null;
  private turn: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly owner: LinkOwner,
    private readonly sdk: AgoraSdk,
    private credentials: AgoraCredentials,
    private readonly joinLimit: number,
  ) {
    if (!sdk.checkSystemRequirements()) throw new CallProblem('unsupported');
    sdk.setLogLevel(LOG_WARNINGS);
    this.client = sdk.createClient({ mode: 'live', codec: credentials.codec });
    this.listen();
  }

  async start(): Promise<void> {
    await this.client.setClientRole('host');
    await this.join();
  }

  receive(): Promise<void> {
    return Promise.resolve(); // Agora carries its own signalling.
  }

  trackChanged(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
    if (this.client.connectionState !== 'CONNECTED') return Promise.resolve(); // join() publishes what there is.
    return this.inTurn(() => this.publish(kind, track));
  }

  isFlowing(now: number): Promise<boolean> {
    const stats = [this.client.getRemoteAudioStats(), this.client.getRemoteVideoStats()];
    const packets = stats.flatMap((byUser) => Object.values(byUser)).map(({ receivePackets }) => receivePackets ?? 0);
    const packetsReceived = packets.reduce((sum, count) => sum + count, 0);
    return Promise.resolve(this.meter.look({ framesDecoded: 0, packetsReceived }, now));
  }

  /** Agora reconnects by itself; only a connection it has given up is joined again. */
  async rebuild(): Promise<void> {
    if (this.client.connectionState !== 'DISCONNECTED' || this.joining) return;
    await this.join();
  }

  async renew(credentials: CallCredentials): Promise<void> {
    if (!credentials.agora) return;
    this.credentials = credentials.agora;
    if (this.client.connectionState === 'CONNECTED') await this.client.renewToken(this.credentials.token);
  }

  close(): void {
    this.closed = true;
    this.client.removeAllListeners();
    for (const track of this.published.values()) track.close();
    this.published.clear();
    this.owner.remote(null);
    void this.client.leave().catch(() => undefined);
  }

  private join(): Promise<void> {
    this.joining ??= this.joinWithinLimit().finally(() => {
      this.joining = null;
    });
    return this.joining;
  }

  private async joinWithinLimit(): Promise<void> {
    const { app_id, channel, token, uid } = this.credentials;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      // Without a network the SDK's join() neither resolves nor rejects.
      timer = setTimeout(() => reject(new CallProblem('unreachable')), this.joinLimit);
    });
    try {
      await Promise.race([this.client.join(app_id, channel, token, uid), limit]);
    } catch (error) {
      await this.client.leave().catch(() => undefined);
      throw error instanceof CallProblem ? error : new CallProblem('unreachable', String(error));
    } finally {
      clearTimeout(timer);
    }
    if (this.closed) return void this.client.leave().catch(() => undefined);
    this.published.clear();
    for (const kind of ['audio', 'video'] as const) {
      await this.inTurn(() => this.publish(kind, this.owner.local.track(kind)));
    }
    this.owner.rebuilt();
  }

  private async publish(kind: TrackKind, source: MediaStreamTrack | null): Promise<void> {
    const old = this.published.get(kind);
    if (old) {
      this.published.delete(kind);
      await this.client.unpublish([old]);
      old.close();
    }
    if (!source || this.closed) return;
    const options = { mediaStreamTrack: source };
    const track =
      kind === 'audio' ? this.sdk.createCustomAudioTrack(options) : this.sdk.createCustomVideoTrack(options);
    this.published.set(kind, track);
    await this.client.publish([track]);
  }

  private listen(): void {
    this.client.on('user-published', (user: AgoraRemoteUser, kind: TrackKind) => {
      void this.inTurn(async () => this.show(kind, await this.client.subscribe(user, kind)));
    });
    this.client.on('user-unpublished', (_user: AgoraRemoteUser, kind: TrackKind) => this.show(kind, null));
    this.client.on('token-privilege-will-expire', () => this.owner.expiring());
    this.client.on('token-privilege-did-expire', () => {
      this.owner.expiring();
      this.owner.broken();
    });
    this.client.on('connection-state-change', (state: string) => {
      if (state === 'DISCONNECTED' && !this.closed && !this.joining) this.owner.broken();
    });
  }

  private show(kind: TrackKind, track: AgoraTrack | null): void {
    if (this.closed) return;
    for (const old of this.remote.getTracks().filter((one) => one.kind === kind)) this.remote.removeTrack(old);
    if (track) this.remote.addTrack(track.getMediaStreamTrack());
    this.owner.remote(this.remote);
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    const run = this.turn.then(() => (this.closed ? undefined : step()));
    this.turn = run.catch(() => undefined);
    return this.turn;
  }
}
