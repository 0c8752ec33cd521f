/** Whether media really arrives: counters of the connection, not its own opinion of itself. */

export interface MediaCounters {
  framesDecoded: number;
  packetsReceived: number;
}

/** Sums what has arrived on a connection so far. */
export async function countArrived(connection: RTCPeerConnection): Promise<MediaCounters> {
  const counters = { framesDecoded: 0, packetsReceived: 0 };
  const report = await connection.getStats();
  report.forEach((entry: { type: string; framesDecoded?: number; packetsReceived?: number }) => {
    if (entry.type !== 'inbound-rtp') return;
    counters.framesDecoded += entry.framesDecoded ?? 0;
    counters.packetsReceived += entry.packetsReceived ?? 0;
  });
  return counters;
}

/**
 * Media flows while a counter rises between looks. One quiet look is forgiven: a muted camera sends
 * about one frame a second.
 */
export class FlowMeter {
  private last: MediaCounters | null = null;
  private risenAt: number | null = null;

  constructor(private readonly patience: number) {}

  /** Takes a look at *now* (ms) and answers whether media flows. */
  look(counters: MediaCounters, now: number): boolean {
    const before = this.last;
    this.last = counters;
    const risen =
      before !== null &&
      (counters.framesDecoded > before.framesDecoded || counters.packetsReceived > before.packetsReceived);
    if (risen) this.risenAt = now;
    return this.risenAt !== null && now - this.risenAt <= this.patience;
  }

  /** A new connection counts from zero. */
  reset(): void {
    this.last = null;
    this.risenAt = null;
  }
}
