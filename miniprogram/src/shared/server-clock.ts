/** The server's time as this device can know it: countdowns must not depend on a phone whose clock is wrong. */
export class ServerClock {
  private offset = 0;

  constructor(private readonly deviceNow: () => number = Date.now) {}

  /** `server_now` of a screen, as it arrives. */
  learn(serverNow: string): void {
    const at = Date.parse(serverNow);
    if (!Number.isNaN(at)) this.offset = at - this.deviceNow();
  }

  now(): number {
    return this.deviceNow() + this.offset;
  }

  /** Whole seconds until a moment, never below nought. */
  secondsUntil(iso: string | null): number {
    return iso ? Math.max(0, Math.ceil((Date.parse(iso) - this.now()) / 1000)) : 0;
  }
}
