/** Decides when a connection without media is rebuilt, and when the person is told. */
import type { CallTiming } from './types';

export type WatchdogVerdict = 'fine' | 'wait' | 'rebuild';

/** Patience grows with each vain rebuild, so that slow networks get their time. */
const PATIENCE = [1, 1.5, 2, 2.5];

export class Watchdog {
  private quietSince: number | null = null;
  private searchingSince: number | null = null;
  private rebuilds = 0;

  constructor(private readonly timing: Pick<CallTiming, 'stalledAfter' | 'unreachableAfter'>) {}

  /** Looks at the call at *now* (ms). Nobody is waited for while the peer is not there. */
  look(now: number, flowing: boolean, peerPresent: boolean): WatchdogVerdict {
    if (flowing || !peerPresent) {
      this.quietSince = null;
      this.searchingSince = null;
      if (flowing) this.rebuilds = 0;
      return flowing ? 'fine' : 'wait';
    }
    this.quietSince ??= now;
    this.searchingSince ??= now;
    const patience = PATIENCE[Math.min(this.rebuilds, PATIENCE.length - 1)] * this.timing.stalledAfter;
    if (now - this.quietSince < patience) return 'wait';
    this.rebuilt(now);
    this.rebuilds += 1;
    return 'rebuild';
  }

  /** The connection was made anew (by whichever side): its time starts again. */
  rebuilt(now: number): void {
    if (this.quietSince !== null) this.quietSince = now;
  }

  /** Both sides are there, yet nothing came for too long: a firewall, most likely. */
  isUnreachable(now: number): boolean {
    return this.searchingSince !== null && now - this.searchingSince >= this.timing.unreachableAfter;
  }
}
