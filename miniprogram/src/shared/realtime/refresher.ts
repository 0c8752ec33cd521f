/**
 * Keeps one screen fresh: reads it at once, on every hint (events in a burst become one read), and on a clock that is
 * slow while the socket works and quick while it is cut.
 */
export interface RefresherOptions {
  read: () => Promise<void>;
  connected: () => boolean;
  /** While polling the server still has to learn that the person is on the page. */
  renewPresence?: () => Promise<unknown>;
  pollSeconds?: () => number;
  /** A safety net below a working socket; the gateway says when it has missed something. */
  slowSeconds?: number | (() => number);
  /** Something here does not bear waiting (a ring, a call, a desk, a place near the head): it is read before the crowd. */
  presses?: () => boolean;
}

const BURST_MS = 150;
/** News of a line reaches all who stand in it: a screen that shows one waits a little, or the crowd reads as one. */
export const LINE_NEWS_MS = 3000;
/** What a booth tells its whole line (running late, closed, a notice) is read within so long, not by all at once. */
const NOTICE_MS = 10_000;
/** A desk that is talking needs its hall less often. */
export const CALL_NEWS_MS = 60_000;
const PLACE_MS = 60_000;
const LONGEST_PACE_MS = 300_000;
const SPREAD_MS = 5000;
/** How often a page without anything pressing reads while the socket is cut: a ring of 30 s is still noticed in time. */
const CALM_POLL_MS = 15_000;
export const SLOW_SECONDS = 300;
const DRIFT = 0.3;

/** How soon a place that was counted by the news is read again: whoever is next after a minute, the others after up to 5. */
export function linePace(ahead: (number | null)[]): number {
  const places = ahead.filter((place): place is number => place !== null);
  return places.length ? Math.min(LONGEST_PACE_MS, PLACE_MS * (Math.min(...places) + 1)) : LONGEST_PACE_MS;
}

/** How soon a page reads what its line was told. */
export const noticePace = (): number => Math.random() * NOTICE_MS;

export class Refresher {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private soonTimer: ReturnType<typeof setTimeout> | null = null;
  private soonAt = 0;
  private reading: Promise<void> | null = null;
  private again = false;
  private running = false;
  private readAt = 0;
  /** What reached a whole fair in one moment would bring it back in one moment every five minutes. */
  private readonly own = 1 + (Math.random() - 0.5) * DRIFT;

  constructor(private readonly options: RefresherOptions) {}

  start(): Promise<void> {
    this.running = true;
    return this.now();
  }

  stop(): void {
    this.running = false;
    if (this.timer) clearTimeout(this.timer);
    if (this.soonTimer) clearTimeout(this.soonTimer);
    this.timer = this.soonTimer = null;
  }

  /** A hint arrived; one that bears waiting may give *ms*. Of several the most pressing decides. */
  soon(ms = BURST_MS): void {
    const wait = this.drifted(ms);
    const at = Date.now() + wait;
    if (!this.running || (this.soonTimer && this.soonAt <= at)) return;
    if (this.soonTimer) clearTimeout(this.soonTimer);
    this.soonAt = at;
    this.soonTimer = setTimeout(() => {
      this.soonTimer = null;
      void this.now();
    }, wait);
  }

  /** The line was cut: everybody looks again, each when its turn comes; what is pressing within five seconds. */
  catchUp(turnSeconds = 0): void {
    if (!this.readAt) return void this.now();
    const spread = Math.random() * SPREAD_MS;
    this.soon(this.presses() ? spread : Math.max(spread, turnSeconds * 1000));
  }

  private presses(): boolean {
    return this.options.presses?.() ?? false;
  }

  /** Reads now; a hint during the read causes one more read, since the answer may be older than the hint. */
  now(): Promise<void> {
    if (this.reading) {
      this.again = true;
      return this.reading;
    }
    if (this.timer) clearTimeout(this.timer);
    if (this.soonTimer) clearTimeout(this.soonTimer);
    this.soonTimer = null; // this reading is news enough
    this.reading = this.options.read().catch(() => undefined).finally(() => {
      this.reading = null;
      this.readAt = Date.now();
      if (!this.running) return;
      if (this.again) {
        this.again = false;
        this.soon();
      }
      this.schedule();
    });
    return this.reading;
  }

  /** A long wait at this page's own pace: no two pages keep step. */
  private drifted(ms: number): number {
    return ms > PLACE_MS ? ms * this.own : ms;
  }

  /** Looks at the quick pace and mostly lets the slow one pass, so that a line that was cut meanwhile is noticed in time. */
  private schedule(): void {
    if (this.timer) clearTimeout(this.timer);
    const { slowSeconds = SLOW_SECONDS } = this.options;
    const slow = this.drifted((typeof slowSeconds === 'function' ? slowSeconds() : slowSeconds) * 1000);
    const quick = Math.min((this.options.pollSeconds?.() ?? 10) * 1000, slow);
    this.timer = setTimeout(() => {
      const cut = !this.options.connected();
      const due = cut ? (this.presses() ? 0 : Math.min(slow, CALM_POLL_MS * this.own)) : slow;
      if (Date.now() - this.readAt < due) return this.schedule();
      if (cut) void this.options.renewPresence?.().catch(() => undefined);
      void this.now();
    }, quick);
  }
}
