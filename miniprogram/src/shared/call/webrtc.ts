/**
 * Peer-to-peer video. Only the recruiter's side offers: two simultaneous offers hang browsers in
 * ICE state "new", and `restartIce()` does not revive those, so a broken connection is replaced.
 *
 * Every connection has an epoch, carried by each of its signals: what belongs to an older
 * connection is ignored on arrival.
 */
import { countArrived, FlowMeter } from './flow';
import type { Link, LinkOwner } from './link';
import type { CallCredentials, Signal, TrackKind, WebrtcCredentials } from './types';

const FLOW_PATIENCE = 1500;
/** A restart that crossed our young offer on the way was answered by that offer. */
const YOUNG_OFFER = 1500;
const KINDS: TrackKind[] = ['audio', 'video'];

export class WebrtcLink implements Link {
  private connection: RTCPeerConnection | null = null;
  private epoch = 0;
  private offeredAt = 0;
  private early: RTCIceCandidateInit[] = [];
  private readonly meter = new FlowMeter(FLOW_PATIENCE);
  private turn: Promise<void> = Promise.resolve();
  private closed = false;
  private readonly offers: boolean;

  constructor(
    private readonly owner: LinkOwner,
    private credentials: WebrtcCredentials,
    private readonly relayOnly: boolean,
  ) {
    this.offers = credentials.offers;
  }

  start(first: Signal[]): Promise<void> {
    if (this.offers) return this.inTurn(() => this.offer());
    // A page that was reloaded finds no offer: the old page took it.
    if (!first.some(({ kind }) => kind === 'offer')) this.askForRestart();
    return this.receive(first);
  }

  receive(signals: Signal[]): Promise<void> {
    const lastOffer = signals.filter(({ kind }) => kind === 'offer').pop();
    const current = signals.filter((signal) => signal.kind !== 'offer' || signal === lastOffer);
    return this.inTurn(async () => {
      for (const signal of current) await this.take(signal);
    });
  }

  trackChanged(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
    return this.inTurn(async () => {
      const transceiver = this.connection?.getTransceivers().find((one) => one.receiver.track.kind === kind);
      await transceiver?.sender.replaceTrack(track);
    });
  }

  async isFlowing(now: number): Promise<boolean> {
    const connection = this.connection;
    if (!connection) return false;
    const counters = await countArrived(connection);
    if (connection !== this.connection) return false;
    return this.meter.look(counters, now);
  }

  rebuild(): Promise<void> {
    if (this.offers) return this.inTurn(() => this.offer());
    this.askForRestart();
    return Promise.resolve();
  }

  renew(credentials: CallCredentials): Promise<void> {
    if (credentials.webrtc) {
      this.credentials = credentials.webrtc;
      // Relays accept an old allocation until it ends; the new password serves the next one.
      this.connection?.setConfiguration(this.configuration());
    }
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
    this.connection?.close();
    this.connection = null;
    this.owner.remote(null);
  }

  private askForRestart(): void {
    this.owner.send({ kind: 'restart', body: { epoch: this.epoch } });
  }

  private async take({ kind, body }: Signal): Promise<void> {
    if (this.closed) return;
    const epoch = Number(body.epoch);
    if (kind === 'offer' && !this.offers && epoch !== this.epoch) await this.answer(epoch, String(body.sdp));
    else if (kind === 'restart' && this.offers && this.isNews(epoch)) await this.offer();
    else if (epoch === this.epoch && kind === 'answer') await this.accept(String(body.sdp));
    else if (epoch === this.epoch && kind === 'ice') await this.addCandidate(body.candidate as RTCIceCandidateInit);
  }

  /** A restart complains about the connection we have, not about one already replaced. */
  private isNews(epoch: number): boolean {
    if (epoch !== 0) return epoch === this.epoch;
    const unanswered = this.connection?.signalingState === 'have-local-offer';
    return !(unanswered && Date.now() - this.offeredAt < YOUNG_OFFER);
  }

  private async offer(): Promise<void> {
    // Above every epoch of an earlier page, unless clocks jump; equality is all that signals need.
    this.epoch = Math.max(this.epoch + 1, Date.now());
    const connection = this.replaceConnection();
    for (const kind of KINDS) {
      connection.addTransceiver(this.owner.local.track(kind) ?? kind, { direction: 'sendrecv' });
    }
    await connection.setLocalDescription(await connection.createOffer());
    this.offeredAt = Date.now();
    this.owner.send({ kind: 'offer', body: { epoch: this.epoch, sdp: connection.localDescription?.sdp } });
  }

  private async answer(epoch: number, sdp: string): Promise<void> {
    this.epoch = epoch;
    const connection = this.replaceConnection();
    await connection.setRemoteDescription({ type: 'offer', sdp });
    for (const transceiver of connection.getTransceivers()) {
      transceiver.direction = 'sendrecv';
      await transceiver.sender.replaceTrack(this.owner.local.track(transceiver.receiver.track.kind as TrackKind));
    }
    await connection.setLocalDescription(await connection.createAnswer());
    this.owner.send({ kind: 'answer', body: { epoch, sdp: connection.localDescription?.sdp } });
  }

  private async accept(sdp: string): Promise<void> {
    // The same answer may come twice when a sync's reply was lost on the way.
    if (this.connection?.signalingState !== 'have-local-offer') return;
    await this.connection.setRemoteDescription({ type: 'answer', sdp });
    for (const candidate of this.early.splice(0)) await this.addCandidate(candidate);
  }

  private async addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (!this.connection?.remoteDescription) {
      this.early.push(candidate);
      return;
    }
    // One bad candidate (mDNS, IPv6 turned off) must not end the others' chance.
    await this.connection.addIceCandidate(candidate).catch(() => undefined);
  }

  private replaceConnection(): RTCPeerConnection {
    this.connection?.close();
    this.early = [];
    this.meter.reset();
    const connection = new RTCPeerConnection(this.configuration());
    const { epoch } = this;
    const remote = new MediaStream();
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate && epoch === this.epoch) {
        this.owner.send({ kind: 'ice', body: { epoch, candidate: candidate.toJSON() } });
      }
    });
    connection.addEventListener('track', ({ track }) => {
      remote.addTrack(track);
      if (connection === this.connection && remote.getTracks().length === KINDS.length) this.owner.remote(remote);
    });
    connection.addEventListener('connectionstatechange', () => {
      if (connection === this.connection && connection.connectionState === 'failed') this.owner.broken();
    });
    this.connection = connection;
    this.owner.rebuilt();
    return connection;
  }

  private configuration(): RTCConfiguration {
    return {
      iceServers: this.credentials.ice_servers,
      iceTransportPolicy: this.relayOnly ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
    };
  }

  /** Descriptions and candidates are applied one after the other, in the mailbox's order. */
  private inTurn(step: () => Promise<void>): Promise<void> {
    const run = this.turn.then(() => (this.closed ? undefined : step()));
    // A failed step (a broken description) leaves the connection to the watchdog.
    this.turn = run.catch(() => undefined);
    return this.turn;
  }
}
