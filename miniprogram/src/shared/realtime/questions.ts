/** What a page asks over its socket. Whoever gets no answer here asks over HTTP, at once. */
export class Unanswered extends Error {
  /** *code*: of the problem in the way, or why nothing was heard. */
  constructor(readonly code: string) {
    super(code);
  }
}

/** The gateway answers within a tenth of a second, or not at all. */
const LIMIT_MS = 3000;
/** The gateway ends a connection that says more than 60 things in ten seconds. */
const MOST_ASKED = 30;
const WINDOW_MS = 10_000;

interface Open {
  answered: (body: unknown) => void;
  refused: (why: Unanswered) => void;
  timer: ReturnType<typeof setTimeout>;
}

export class Questions {
  private readonly open = new Map<number, Open>();
  private number = 0;
  private asked: number[] = [];

  constructor(
    private readonly say: (message: Record<string, unknown>) => void,
    private readonly unheard: () => void,
  ) {}

  ask(about: string, body: object): Promise<unknown> {
    const now = Date.now();
    this.asked = this.asked.filter((at) => now - at < WINDOW_MS);
    if (this.asked.length >= MOST_ASKED) return Promise.reject(new Unanswered('too-many'));
    this.asked.push(now);
    const id = ++this.number;
    const answer = new Promise<unknown>((answered, refused) => {
      const timer = setTimeout(() => {
        this.settle(id)?.refused(new Unanswered('no-answer'));
        this.unheard();
      }, LIMIT_MS);
      this.open.set(id, { answered, refused, timer });
    });
    this.say({ t: 'ask', id, about, body });
    return answer;
  }

  hear({ id, body, refused }: Record<string, unknown>): void {
    const question = this.settle(Number(id)); // none: it came too late
    if (refused === undefined) question?.answered(body);
    else question?.refused(new Unanswered(String(refused)));
  }

  /** The line is gone, and with it every answer. */
  cut(): void {
    for (const id of [...this.open.keys()]) this.settle(id)?.refused(new Unanswered('line-cut'));
    this.asked = [];
  }

  private settle(id: number): Open | undefined {
    const question = this.open.get(id);
    if (question) clearTimeout(question.timer);
    this.open.delete(id);
    return question;
  }
}
