/** Shows the server's talk clock, ticking between its answers. */

export class TalkClock {
  private known = 0;
  private since: number | null = null;
  private shown = -1;
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor(private readonly show: (seconds: number) => void) {}

  /** The server's word replaces our own counting. */
  correct(seconds: number): void {
    this.known = seconds;
    if (this.since !== null) this.since = Date.now();
    this.tick();
  }

  /** Ticks while media flows. */
  run(flowing: boolean): void {
    if (flowing === (this.since !== null)) return;
    if (!flowing) return this.pause();
    this.since = Date.now();
    this.timer = setInterval(() => this.tick(), 250);
  }

  stop(): void {
    this.pause();
  }

  private pause(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.since = null;
  }

  private tick(): void {
    const running = this.since === null ? 0 : (Date.now() - this.since) / 1000;
    // Between two answers the other side may have gone: never run far ahead of the server.
    const seconds = Math.floor(this.known + Math.min(running, 5));
    // Small steps back (our guess was ahead) would make the display flicker.
    if (seconds === this.shown || (seconds < this.shown && this.shown - seconds < 2)) return;
    this.shown = seconds;
    this.show(seconds);
  }
}
