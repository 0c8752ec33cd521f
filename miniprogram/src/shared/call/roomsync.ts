/** The conversation with the room on the server: signals out and in, media reports, the talk clock. */
import { Unanswered } from '../realtime/questions';
import type { CallTiming, CloseReason, OutgoingSignal, PulseRequest, RefusedRequest, Signal, SyncAnswer, SyncRequest } from './types';

/** The server takes this many signals in one sync. */
const SIGNALS_PER_SYNC = 50;
/** Candidates come in bursts: they travel together. */
const BURST = 60;
const FIRST_ATTEMPTS = 4;
const LONGEST_PAUSE = 15_000;
/** A line that did not answer may be dead: the talk clock must not wait for it a second time. */
const LINE_REST = 30_000;

export interface RoomSyncOwner {
  post(request: SyncRequest): Promise<SyncAnswer>;
  /** The same over a line that is open anyway, for a call that flows; whatever it rejects is posted. */
  pulse?(request: PulseRequest): Promise<SyncAnswer>;
  token(): string;
  received(signals: Signal[]): void;
  answered(answer: SyncAnswer): void;
  ended(reason: CloseReason): void;
  refused(): void;
  /** Gets a new credential; the sync is then repeated. */
  renew(): Promise<void>;
}

export class RoomSync {
  private readonly client = randomName();
  private readonly queue: OutgoingSignal[] = [];
  private after = 0;
  private flowing = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private inFlight: Promise<void> | null = null;
  private again = false;
  private stopped = false;
  private receiving = false;
  private asking = false;
  private restsUntil = 0;

  constructor(
    private readonly owner: RoomSyncOwner,
    private readonly timing: Pick<CallTiming, 'syncSearching' | 'syncFlowing'>,
  ) {}

  /** The first sync: fetches what already lies in the mailbox, before anything is sent. */
  async open(): Promise<Signal[]> {
    const first = await this.firstPost();
    this.receiving = true;
    this.plan(this.pause());
    return first.open ? first.signals : [];
  }

  send(signal: OutgoingSignal): void {
    this.queue.push(signal);
    if (this.receiving && !this.inFlight) this.plan(BURST);
    else this.again = true;
  }

  /** Reports a change of the media at once, since the talk clock depends on it. */
  report(flowing: boolean): void {
    if (flowing === this.flowing) return;
    this.flowing = flowing;
    this.nudge();
  }

  nudge(): void {
    if (this.stopped || !this.receiving) return;
    if (this.inFlight) this.again = true;
    else this.plan(0);
  }

  /** Sends what is queued and the last word, then stops. Never throws: leaving always works. */
  async leave(last: OutgoingSignal): Promise<void> {
    this.cancel();
    // A question over a line that may be dead is not waited for.
    if (!this.asking) await this.inFlight?.catch(() => undefined);
    this.flowing = false;
    if (this.stopped) return;
    this.stopped = true;
    this.queue.push(last);
    await this.post(this.queue.splice(0, SIGNALS_PER_SYNC)).catch(() => undefined);
  }

  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  /** A phone that just changed networks gets a few seconds before the call counts as failed. */
  private async firstPost(): Promise<SyncAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.post([]);
      } catch (error) {
        // Our transport says 0 when there was no network.
        const { status = 0 } = error as RefusedRequest;
        const hopeless = status >= 400 && status < 500;
        if (hopeless || attempt === FIRST_ATTEMPTS || this.stopped) throw error;
        await new Promise((resolve) => setTimeout(resolve, this.timing.syncSearching * attempt));
      }
    }
  }

  private plan(delay: number): void {
    this.cancel();
    if (!this.stopped) this.timer = setTimeout(() => this.run(), delay);
  }

  private cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private run(): void {
    this.timer = null;
    this.again = false;
    this.inFlight = this.sync().finally(() => {
      this.inFlight = null;
      this.plan(this.again && this.failures === 0 ? BURST : this.pause());
    });
  }

  private async sync(): Promise<void> {
    const signals = this.queue.slice(0, SIGNALS_PER_SYNC);
    try {
      const answer = await this.post(signals);
      // Only what the server has is dropped: after a lost reply it goes again, which is harmless.
      this.queue.splice(0, signals.length);
      if (this.queue.length > 0) this.again = true;
      if (this.stopped) return;
      if (answer.open) this.owner.received(answer.signals);
    } catch (error) {
      if (!this.stopped) await this.failed(error as RefusedRequest);
    }
  }

  private async post(signals: OutgoingSignal[]): Promise<SyncAnswer> {
    const pulse: PulseRequest = {
      after: this.after,
      client: this.client,
      token: this.owner.token(),
      media: { flowing: this.flowing },
    };
    const answer = (signals.length === 0 && (await this.ask(pulse))) || (await this.owner.post({ ...pulse, signals }));
    this.failures = 0;
    this.after = answer.after;
    if (!this.stopped) {
      this.owner.answered(answer);
      if (!answer.open) this.owner.ended('ended');
    }
    return answer;
  }

  /** Null: it has to be posted. */
  private async ask(pulse: PulseRequest): Promise<SyncAnswer | null> {
    if (!this.owner.pulse || !this.receiving || !this.flowing || Date.now() < this.restsUntil) return null;
    this.asking = true;
    try {
      return await this.owner.pulse(pulse);
    } catch (why) {
      if (why instanceof Unanswered && why.code === 'no-answer') this.restsUntil = Date.now() + LINE_REST;
      if (this.stopped) throw why;
      return null;
    } finally {
      this.asking = false;
    }
  }

  private async failed({ status, code }: RefusedRequest): Promise<void> {
    this.failures += 1;
    if (code === 'room-taken-over') this.owner.ended('replaced');
    else if (code === 'room-credential-expired') await this.owner.renew().catch(() => undefined);
    else if (status === 403 || status === 404) this.owner.refused();
    // Anything else (no network, the server restarting) is tried again after a growing pause.
  }

  private pause(): number {
    const usual = this.flowing ? this.timing.syncFlowing : this.timing.syncSearching;
    return Math.min(LONGEST_PAUSE, usual * 2 ** Math.min(this.failures, 5));
  }
}

function randomName(): string {
  const bytes = new Uint8Array(12);
  globalThis.crypto.getRandomValues(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
