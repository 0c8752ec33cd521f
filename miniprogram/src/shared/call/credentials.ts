/** Keeps the credential of a call fresh: fetched once, renewed before it expires. */
import type { CallCredentials, CallTiming, RefusedRequest } from './types';

export interface CredentialOwner {
  fetch(): Promise<CallCredentials>;
  /** A new credential is there; the link takes it over. */
  renewed(fresh: CallCredentials): Promise<void> | undefined;
  /** The server will never give one again. */
  refused(): void;
}

export class CredentialKeeper {
  private kept: CallCredentials | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private renewing: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly owner: CredentialOwner,
    private readonly timing: Pick<CallTiming, 'renewBefore'>,
  ) {}

  /** Null before `begin()`. */
  get current(): CallCredentials | null {
    return this.kept;
  }

  async begin(): Promise<CallCredentials> {
    this.kept = await this.owner.fetch();
    this.plan();
    return this.kept;
  }

  renew(): Promise<void> {
    this.renewing ??= this.fetchAnew().finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private async fetchAnew(): Promise<void> {
    try {
      const fresh = await this.owner.fetch();
      if (this.stopped) return;
      this.kept = fresh;
      await this.owner.renewed(fresh);
    } catch (error) {
      if ((error as RefusedRequest).status === 403) this.owner.refused();
    } finally {
      this.plan();
    }
  }

  private plan(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.stopped || !this.kept) return;
    const left = Date.parse(this.kept.expires_at) - Date.now() - this.timing.renewBefore;
    // A phone with a wrong clock must not ask in a tight loop.
    this.timer = setTimeout(() => void this.renew().catch(() => undefined), Math.max(left, 10_000));
  }
}
