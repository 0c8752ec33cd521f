import { Questions, Unanswered } from './questions';

/**
 * One socket per client. It is a hint, never the truth: pages read their screen again on every (re)connection and on
 * every event, and go on polling while it is cut.
 */
export interface Wire {
  send(text: string): void;
  close(): void;
}

export interface WireEvents {
  opened(): void;
  received(text: string): void;
  closed(): void;
}

/** Opens a WebSocket: `new WebSocket` in a browser, `uni.connectSocket` in the mini-program. */
export type Dial = (url: string, events: WireEvents) => Wire;

export interface RealtimeEvent {
  kind: string;
  payload: Record<string, unknown>;
}

export interface RealtimeOptions {
  dial: Dial;
  /** '' as long as it is not known: the page was opened without network. */
  url: () => string;
  /** Asked for while the address is not known, at each attempt. */
  learnUrl: () => Promise<unknown>;
  token: () => string | undefined;
  /** Asked for when the server refuses the token; the next attempt uses the renewed one. */
  renewToken: () => Promise<unknown>;
  random?: () => number;
  onEvent: (event: RealtimeEvent) => void;
  /**
   * On the first connection, on every one after a cut, and when the gateway itself has missed something: whatever
   * happened meanwhile was missed. *seconds*: when it is this page's turn to read, of all that were cut off with it.
   */
  onResync: (seconds: number) => void;
  onStatus: (connected: boolean) => void;
}

/** The gateway parts with a page that wants to hear of more. */
const MOST_TOPICS = 20;
const FIRST_BACK_OFF_MS = 800;
const LONGEST_BACK_OFF_MS = 20_000;
/** A ping that is not answered by then went into a dead line, whatever the socket believes; a ring lasts only 30 s. */
const ANSWER_MS = 8000;

export class RealtimeSocket {
  private wire: Wire | null = null;
  private generation = 0;
  private attempts = 0;
  private retryTimer: ReturnType<typeof setTimeout> | null = null;
  private pingTimer: ReturnType<typeof setInterval> | null = null;
  private answerTimer: ReturnType<typeof setTimeout> | null = null;
  private heardAt = 0;
  private wanted = false;
  /** The address was not known at the last attempt. */
  private astray = false;
  private welcomed = false;
  private page = '';
  private topics: string[] = [];
  private readonly questions = new Questions(
    (message) => this.say(message),
    () => this.ping(), // nothing was heard: is the line alive?
  );

  constructor(private readonly options: RealtimeOptions) {}

  get connected(): boolean {
    return this.welcomed;
  }

  start(): void {
    this.wanted = true;
    if (this.astray && this.options.url()) this.drop(); // it is known now: no need to wait for the next attempt
    if (!this.wire && !this.retryTimer) this.open();
  }

  stop(): void {
    this.wanted = false;
    this.drop();
  }

  /** The page on show, for presence; and the topics it wants to hear of (`booth:12`). */
  show(page: string, topics: string[] = []): void {
    this.page = page;
    this.listenTo(topics);
  }

  listenTo(topics: string[]): void {
    this.topics = [...new Set(topics)].slice(0, MOST_TOPICS);
    if (this.welcomed) this.say({ t: 'topics', topics: this.topics });
  }

  /** Asks the gateway; rejects, with a code, when the line is cut, after 3 s, or when it is refused. */
  ask<T>(about: string, body: object): Promise<T> {
    return this.welcomed ? (this.questions.ask(about, body) as Promise<T>) : Promise.reject(new Unanswered('line-cut'));
  }

  /** The page went to the background: the lease must not pretend that somebody watches. */
  away(): void {
    if (this.welcomed) this.say({ t: 'away' });
  }

  /** Back on the page. JavaScript slept meanwhile, so a dead line is replaced at once instead of waiting for its turn. */
  here(): void {
    if (!this.wanted) return;
    const quiet = Date.now() - this.heardAt;
    if (this.welcomed && quiet < 20_000) {
      this.say({ t: 'here' });
      this.options.onResync(0);
      return;
    }
    this.attempts = 0;
    this.drop();
    this.open();
  }

  private open(): void {
    const token = this.options.token();
    const url = this.options.url();
    if (!token) return; // whoever logs in starts it
    this.astray = !url;
    if (!url) return void this.learn();
    const mine = ++this.generation;
    const current = () => mine === this.generation;
    this.wire = this.options.dial(url, {
      opened: () => current() && this.say({ t: 'hello', token, page: this.page, topics: this.topics }),
      received: (text) => current() && this.hear(text),
      closed: () => current() && this.lost(),
    });
  }

  /** Nobody would come back to a socket that does not know where to go. */
  private async learn(): Promise<void> {
    const mine = ++this.generation;
    await this.options.learnUrl().catch(() => undefined);
    if (mine !== this.generation || !this.wanted) return;
    if (this.options.url()) this.open();
    else this.later();
  }

  private hear(text: string): void {
    this.heardAt = Date.now();
    const message = parse(text);
    if (message.t === 'welcome') this.welcome(Number(message.ping_seconds) || 15, turnOf(message));
    else if (message.t === 'event') this.tell({ kind: String(message.kind), payload: asRecord(message.payload) });
    else if (message.t === 'answer') this.questions.hear(message);
    else if (message.t === 'bye') this.bye(String(message.reason));
  }

  private tell(event: RealtimeEvent): void {
    if (event.kind === 'resync') this.options.onResync(turnOf(event.payload));
    else this.options.onEvent(event);
  }

  private welcome(pingSeconds: number, catchUpSeconds: number): void {
    this.attempts = 0;
    this.welcomed = true;
    if (this.pingTimer) clearInterval(this.pingTimer);
    this.pingTimer = setInterval(() => this.ping(), pingSeconds * 1000);
    this.options.onStatus(true);
    this.options.onResync(catchUpSeconds);
  }

  private ping(): void {
    if (!this.welcomed) return;
    const sentAt = Date.now();
    this.say({ t: 'ping' });
    if (this.answerTimer) clearTimeout(this.answerTimer);
    this.answerTimer = setTimeout(() => {
      if (this.heardAt < sentAt) this.lost();
    }, ANSWER_MS);
  }

  private bye(reason: string): void {
    if (reason === 'replaced') {
      // a newer page of the same person took over; fighting for the line would cut both
      this.drop();
      this.attempts = 4;
      this.later();
      return;
    }
    if (reason === 'token') void this.options.renewToken().catch(() => undefined);
    this.lost();
  }

  private lost(): void {
    this.drop();
    if (this.wanted) this.later();
  }

  private later(): void {
    const random = this.options.random ?? Math.random;
    const ceiling = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** this.attempts);
    this.attempts += 1;
    // jitter over the upper half: a restarted server is not met by a whole fair in the same second
    this.retryTimer = setTimeout(() => {
      this.retryTimer = null;
      if (this.wanted) this.open();
    }, ceiling / 2 + random() * (ceiling / 2));
  }

  private drop(): void {
    this.generation += 1;
    const wire = this.wire;
    this.wire = null;
    if (this.retryTimer) clearTimeout(this.retryTimer);
    if (this.pingTimer) clearInterval(this.pingTimer);
    if (this.answerTimer) clearTimeout(this.answerTimer);
    this.retryTimer = null;
    this.pingTimer = null;
    this.answerTimer = null;
    const was = this.welcomed;
    this.welcomed = false;
    wire?.close();
    this.questions.cut();
    if (was) this.options.onStatus(false);
  }

  private say(message: Record<string, unknown>): void {
    this.wire?.send(JSON.stringify(message));
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return {};
  }
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const turnOf = (said: Record<string, unknown>): number => Number(said.catch_up_seconds) || 0;
