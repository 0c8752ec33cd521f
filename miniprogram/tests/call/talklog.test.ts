import { describe, expect, it } from 'vitest';
import { TalkLog, type TalkLine } from '@/shared/call/talklog';

const line = (id: number, mine = false): TalkLine => ({ id, side: mine ? 'student' : 'recruiter', mine, text: `line ${id}`, is_caption: false, at: '2026-11-21T08:00:00Z' });

/** A server that keeps lines; `held` readings wait until they are let go. */
function server() {
  const kept: TalkLine[] = [];
  const asked: number[] = [];
  let held: (() => void)[] | null = null;
  return {
    kept,
    asked,
    hold: () => (held = []),
    letGo: () => {
      const waiting = held ?? [];
      held = null;
      waiting.forEach((go) => go());
    },
    wire: {
      read: async (after: number) => {
        asked.push(after);
        if (held) await new Promise<void>((go) => held!.push(go));
        return kept.filter(({ id }) => id > after);
      },
      say: () => {
        const said = line(kept.length + 1, true);
        kept.push(said);
        return Promise.resolve(said);
      },
    },
  };
}

describe('the typed talk', () => {
  it('shows each line once and in order, though my own is known before an earlier one of the other side', async () => {
    const { kept, wire } = server();
    let shown: TalkLine[] = [];
    const log = new TalkLog(wire, (lines) => (shown = lines));
    kept.push(line(1));
    await log.say('mine');
    expect(shown.map(({ id }) => id)).toEqual([2]);
    await log.read();
    expect(shown.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('asks only for what is new', async () => {
    const { kept, wire, asked } = server();
    const log = new TalkLog(wire, () => undefined);
    kept.push(line(1), line(2));
    await log.read();
    await log.read();
    expect(asked).toEqual([0, 2]);
  });

  it('reads once more when told of a line during a reading', async () => {
    const { kept, wire, hold, letGo, asked } = server();
    let shown: TalkLine[] = [];
    const log = new TalkLog(wire, (lines) => (shown = lines));
    hold();
    const reading = log.read();
    void log.read();
    kept.push(line(1));
    letGo();
    await reading;
    expect(asked).toHaveLength(2);
    expect(shown.map(({ id }) => id)).toEqual([1]);
  });
});
