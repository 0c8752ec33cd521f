/** The typed talk of a call: read in pieces, each line once and in order, whoever tells of it. */

export interface TalkLine {
  id: number;
  side: 'student' | 'recruiter' | 'guest';
  mine: boolean;
  text: string;
  is_caption: boolean;
  at: string;
}

export interface TalkWire {
  read(after: number): Promise<TalkLine[]>;
  say(text: string, isCaption: boolean): Promise<TalkLine>;
}

export class TalkLog {
  private readonly lines = new Map<number, TalkLine>();
  private reading: Promise<void> | null = null;
  private again = false;
  private readUpTo = 0;

  constructor(
    private readonly wire: TalkWire,
    private readonly onLines: (lines: TalkLine[]) => void,
  ) {}

  /** Reads what is new; a hint that comes during a reading makes it read once more. */
  read(): Promise<void> {
    if (this.reading) this.again = true;
    this.reading ??= this.readOnce().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  async say(text: string, isCaption = false): Promise<void> {
    const line = await this.wire.say(text, isCaption);
    this.add([line]);
  }

  private async readOnce(): Promise<void> {
    do {
      this.again = false;
      // What I wrote may be known before an earlier line of the other side: only readings move the mark.
      const fresh = await this.wire.read(this.readUpTo);
      for (const { id } of fresh) this.readUpTo = Math.max(this.readUpTo, id);
      this.add(fresh);
    } while (this.again);
  }

  private add(fresh: TalkLine[]): void {
    if (fresh.length === 0) return;
    for (const line of fresh) this.lines.set(line.id, line);
    this.onLines([...this.lines.values()].sort((one, other) => one.id - other.id));
  }
}
