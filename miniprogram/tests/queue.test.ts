import { describe, expect, it } from 'vitest';
import { Problem, type Ticket } from '@/shared/api';
import { leadsOn, quotaOf, refusalOf, similarOf, slotsOf, windowState } from '@/shared/queue/offers';
import { banners, byUrgency, isForEverybody, isOnItsWay, isPressing, isReady, outcomeOf, sceneOf, secondsLeft } from '@/shared/queue/ticket';
import { chanceWords, minuteWords, minutesOf, waitWords, whisker } from '@/shared/queue/wait';

const NOW = Date.parse('2026-11-21T02:00:00Z'); // 10:00 in China
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const promise = (low: number, high: number, close = 480) => ({ low_at: at(low), high_at: at(high), closes_at: at(close) });

describe('a wait in words', () => {
  it('is a range of minutes that grows outwards when it is rounded', () => {
    expect(minutesOf(promise(34.6, 59.2), NOW)).toEqual({ low: 34, high: 60 });
    expect(waitWords(promise(35, 60), NOW)).toEqual({ key: 'between', params: { low: 35, high: 60 } });
  });

  it('shrinks while the clock runs, and owns up when it was wrong', () => {
    const made = promise(5, 12);
    expect(waitWords(made, NOW + 6 * 60_000)).toEqual({ key: 'within', params: { high: 6 } });
    expect(waitWords(made, NOW + 11.5 * 60_000).key).toBe('now');
    expect(waitWords(made, NOW + 13 * 60_000).key).toBe('past');
  });

  it('is told by the clock when it is long', () => {
    expect(waitWords(promise(60, 150), NOW)).toEqual({ key: 'clock', params: { low: '11:00', high: '12:30' } });
  });

  it('is told in half hours where there is no clock to tell it by', () => {
    expect(minuteWords({ low: 135, high: 397 })).toEqual({ key: 'hours', params: { low: 2, high: 7 } });
    expect(minuteWords({ low: 29, high: 91 })).toEqual({ key: 'withinHours', params: { low: 0, high: 2 } });
  });

  it('needs no range when both ends are the same', () => {
    expect(minuteWords({ low: 7, high: 7 })).toEqual({ key: 'exactly', params: { low: 7 } });
  });
});

describe('a chance in words', () => {
  it('is never said better than it is', () => {
    for (let percent = 10; percent < 95; percent++) {
      const { part, whole } = chanceWords(percent).params as { part: number; whole: number };
      expect((part / whole) * 100, `${percent}`).toBeLessThanOrEqual(percent);
    }
    expect(chanceWords(82).params).toEqual({ part: 4, whole: 5 });
    expect([chanceWords(97).key, chanceWords(9).key, chanceWords(0).key]).toEqual(['sure', 'slim', 'slim']);
  });
});

describe('a wait as a drawing', () => {
  it('lies on the day that is left', () => {
    expect(whisker(promise(120, 240, 480), NOW)).toEqual({ from: 25, to: 50, close: 100, late: false });
  });

  it('shows the part past the closing, and no axis of hours for one minute', () => {
    const late = whisker(promise(60, 200, 100), NOW);
    expect(late.late).toBe(true);
    expect(late.close).toBe(80);
    expect(late.to).toBe(100);
    expect(whisker(promise(-10, -5, -1), NOW)).toEqual({ from: 0, to: 0, close: 100, late: false });
  });
});

const ticket = (changes: Partial<Ticket>): Ticket => ({
  id: 1, status: 'waiting', origin: 'application', booth: { id: 1, number: 'A1' }, employer: { id: 1, name: '明河' }, position: null, fair_id: 1, queued_at: at(-30), ahead: 5,
  in_line: 6, desks_online: 1, ready: false, misses: 0, ring_expires_at: null, message: '', result: null, actions: [], round: 1, slot_at: null, held_until: null, promise: null, overtakes: 0,
  behind_after_misses: false, line: { notice: '', notice_at: null, late_until: null, closed: false }, reason_code: '', reason_label: '', rated: false, rules: { hold_seconds: 180, misses_kept: 3, everyone_once: false }, ...changes,
} as Ticket);

describe('a ticket’s scene', () => {
  it('goes from the line to "get ready" to "you are next"', () => {
    expect([5, 2, 0].map((ahead) => sceneOf(ticket({ ahead })))).toEqual(['in_line', 'called_soon', 'next']);
  });

  it('does not rush the third in line of a booth where nobody calls', () => {
    expect(isReady(ticket({ ahead: 2, desks_online: 0 }))).toBe(false);
    expect(sceneOf(ticket({ ahead: 7, ready: true }))).toBe('called_soon');
    expect(sceneOf(ticket({ ahead: 2, desks_online: 0 }))).toBe('in_line');
  });

  it('tells a hold that was asked for from a missed ring', () => {
    expect(sceneOf(ticket({ status: 'held', held_until: at(2) }))).toBe('on_hold');
    expect(sceneOf(ticket({ status: 'held' }))).toBe('missed');
    expect([secondsLeft(at(2), NOW), secondsLeft(at(-1), NOW), secondsLeft(null, NOW)]).toEqual([120, 0, 0]);
  });

  it('puts first what wants the student first', () => {
    const promised = (low: number) => ({ ...promise(low, low + 20), seen_chance: 90, made_at: at(0), ahead: 1 });
    const line = [
      ticket({ id: 1, ahead: 9, promise: promised(40) }), ticket({ id: 2, ahead: 14, slot_at: at(20), promise: promised(20) }), ticket({ id: 3, ahead: 1 }),
      ticket({ id: 4, status: 'held', held_until: at(2) }), ticket({ id: 5, ahead: 0 }), ticket({ id: 6, status: 'held' }),
    ];
    expect(line.sort(byUrgency).map((one) => one.id)).toEqual([6, 5, 3, 4, 2, 1]);
  });

  it('keeps a booked time in view until its turn is near', () => {
    expect(sceneOf(ticket({ slot_at: at(60), ahead: 9 }))).toBe('slot');
    expect(sceneOf(ticket({ slot_at: at(0), ahead: 0 }))).toBe('next');
    expect(sceneOf(ticket({ status: 'pending', ahead: null }))).toBe('other');
  });
});

describe('after a talk', () => {
  const result = { verdict: 'pass' as const, label: '合适', remark: '', at: at(0) };

  it('the result is awaited only as long as one can come', () => {
    expect(outcomeOf(ticket({ status: 'concluding' }))).toBe('waiting');
    expect(outcomeOf(ticket({ status: 'finished', result }))).toBe('result');
    expect(outcomeOf(ticket({ status: 'finished' }))).toBe('none');
  });

  it('every other end is an end', () => {
    const ends = ['rejected', 'lapsed', 'declined', 'withdrawn'] as const;
    expect(ends.map((status) => outcomeOf(ticket({ status })))).toEqual(ends.map(() => 'over'));
  });
});

describe('what a booth tells its line', () => {
  it('comes gravest first, and lateness ends by itself', () => {
    const line = { notice: '午休 12:00–13:00', notice_at: at(-5), late_until: at(10), closed: true, paused: true };
    expect(banners(line, NOW).map((one) => one.key)).toEqual(['paused', 'closed', 'late', 'notice']);
    expect(banners(line, NOW)[2].params.time).toBe('10:10');
    expect(banners({ ...line, notice: '', closed: false, paused: false }, NOW + 11 * 60_000)).toEqual([]);
  });
});

describe('offers in the place of a hopeless line', () => {
  const refused = new Problem(409, {
    type: '/problems/unlikely-to-be-seen', seen_chance: 8, low_at: at(500), high_at: at(700), closes_at: at(480),
    offers: [
      { kind: 'slot', slot_at: at(90) }, { kind: 'recorded' },
      { kind: 'similar', booth_id: 4, number: 'B2', employer_name: '云栖', titles: ['后端'], in_line: 2, seen_chance: 96 },
    ],
  });

  it('are read from that problem only', () => {
    const found = refusalOf(refused);
    expect(found?.seen_chance).toBe(8);
    expect(refusalOf(new Problem(409, { type: '/problems/line-closed' }))).toBeNull();
    expect(refusalOf(new Error('x'))).toBeNull();
    expect(refusalOf(new Problem(409, { type: '/problems/unlikely-to-be-seen' }))?.offers).toEqual([]);
  });

  it('pass over a kind that this client does not know yet', () => {
    const offers = refusalOf(refused)?.offers ?? [];
    expect(slotsOf(offers)).toEqual([at(90)]);
    expect(similarOf(offers).map((one) => one.booth_id)).toEqual([4]);
  });
});

describe('a booth that takes nobody', () => {
  it('leads on to others where the refusal is its own, not where it is the fair’s or already a place in line', () => {
    expect(['quota-reached', 'line-closed', 'line-paused', 'booth-closed', 'rejected-here'].filter((code) => !leadsOn(code))).toEqual([]);
    expect(['fair-ended', 'outside-application-hours', 'already-in-line', '', null].filter(leadsOn)).toEqual([]);
  });
});

describe('a booth’s day', () => {
  it('has a quota or none', () => {
    expect(quotaOf({ quota: null, taken: 3 })).toBeNull();
    expect(quotaOf({ quota: 40, taken: 32 })).toEqual({ quota: 40, taken: 32, percent: 80, full: false });
    expect(quotaOf({ quota: 3, taken: 5 })).toMatchObject({ percent: 100, full: true });
    expect(quotaOf({ quota: 0, taken: 0 })).toMatchObject({ percent: 100, full: true });
  });

  it('has windows that open and close', () => {
    const window = { opens_at: at(0), closes_at: at(60) };
    expect([-1, 0, 59, 60].map((minute) => windowState(window, NOW + minute * 60_000))).toEqual(['coming', 'open', 'open', 'over']);
  });
});

describe('an application on its way', () => {
  it('is told whole by its event; whatever else happens to a ticket is read', () => {
    expect([isOnItsWay('pending', 'pending'), isOnItsWay('pending', 'waiting')]).toEqual([true, true]);
    expect([isOnItsWay('pending', 'rejected'), isOnItsWay('waiting', 'ringing'), isOnItsWay('waiting', 'waiting')]).toEqual([false, false, false]);
  });
});

describe('news that reaches a whole fair', () => {
  it('hurries for a ring, a call and a near turn, whether or not a desk was there when it was read', () => {
    const near = ticket({ status: 'waiting', ahead: 1, ready: false, desks_online: 0 });
    expect([near, ticket({ status: 'ringing' }), ticket({ status: 'in_call' }), ticket({ status: 'waiting', ahead: 40, ready: true })].map(isPressing)).toEqual([true, true, true, true]);
    expect([ticket({ status: 'waiting', ahead: 40, ready: false }), ticket({ status: 'pending', ahead: null, ready: false })].map(isPressing)).toEqual([false, false]);
  });

  it('is of the fair, or of tickets that ended with it', () => {
    expect([isForEverybody('fair.changed', undefined), isForEverybody('interview.changed', 'lapsed')]).toEqual([true, true]);
    expect([isForEverybody('interview.changed', 'ringing'), isForEverybody('queue.ready', undefined)]).toEqual([false, false]);
  });
});
