import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BoothLine } from '@shared/api';
import { useHall } from '@/stores/hall';
import { minutesUntil, useRules, wayBack } from '@/stores/rules';
import { daysOf, draftOf, faultsOf, nextDraft, spanOf } from '@/stores/spans';
import { useUndo } from '@/stores/undo';
import { waits } from '@/stores/waits';
import { hall, line, row, server } from './fixtures';

const NOW = Date.parse('2026-11-21T03:00:00Z');
const LINE = 'PUT /booths/12/line';
const HALL = 'GET /screens/recruiter/booths/12/hall';

beforeEach(() => setActivePinia(createPinia()));

describe('the rules of the line', () => {
  async function atBooth(start: Partial<BoothLine>, change: (body: unknown) => { status?: number; body: unknown }) {
    const asked = server({
      'POST /booths/12/desk': () => ({ body: { desk_id: 1, label: '1 号席' } }),
      [HALL]: () => ({ body: hall({ line: line(start) }) }),
      [LINE]: change,
    });
    await useHall().enter(12);
    return { asked, rules: useRules(), sent: () => asked.filter(({ route }) => route === LINE).map(({ body }) => body) };
  }

  it('are shown as the server answers them, with a way back', async () => {
    const { rules, sent } = await atBooth({}, (body) => ({ body: line(body as Partial<BoothLine>) }));
    expect(await rules.save({ closed: true }, '已关闭排队')).toBe(true);
    expect(rules.line?.closed).toBe(true);
    expect(useUndo().current?.text).toBe('已关闭排队');
    await useUndo().take();
    expect(sent()).toEqual([{ closed: true }, { closed: false }]);
    expect(rules.line?.closed).toBe(false);
  });

  it('stay as they were when the server refuses, and the form says so', async () => {
    const { rules } = await atBooth({ quota: 5 }, () => ({ status: 422, body: { type: '/problems/body-invalid', title: '内容有误', status: 422 } }));
    expect(await rules.save({ quota: 1 }, '')).toBe(false);
    expect(rules.line?.quota).toBe(5);
    expect(rules.failed).toBe('quota');
    expect(rules.saving).toBeNull();
    expect(useUndo().current).toBeNull();
  });

  it('change one at a time', async () => {
    const { rules, sent } = await atBooth({}, () => ({ body: line({ closed: true }) }));
    const first = rules.save({ closed: true }, '');
    expect(await rules.save({ late_minutes: 5 }, '')).toBe(false);
    await first;
    expect(sent()).toEqual([{ closed: true }]);
  });

  it('know that a notice cannot be taken back', () => {
    expect(wayBack({ notice: '马上回来' }, line(), NOW)).toBeNull();
  });

  it('lead back to as late as before', () => {
    expect(wayBack({ late_minutes: 30 }, line({ late_until: '2026-11-21T03:08:30Z' }), NOW)).toEqual({ late_minutes: 9 });
    expect(wayBack({ late_minutes: 30 }, line(), NOW)).toEqual({ late_minutes: 0 });
    expect(minutesUntil('2026-11-21T02:00:00Z', NOW)).toBe(0);
  });
});

describe('interview windows', () => {
  const [OPENS, CLOSES] = ['2026-11-21T01:00:00Z', '2026-11-22T10:00:00Z']; // 09:00 to 18:00 next day in China

  it('are edited in China\'s time and sent in UTC', () => {
    const span = { opens_at: '2026-11-21T06:00:00.000Z', closes_at: '2026-11-21T08:30:00.000Z' };
    expect(draftOf(span)).toEqual({ day: '2026-11-21', from: '14:00', to: '16:30' });
    expect(spanOf(draftOf(span))).toEqual(span);
  });

  it('lie on the days of the fair', () => {
    expect(daysOf(OPENS, CLOSES)).toEqual(['2026-11-21', '2026-11-22']);
    expect(daysOf('2026-11-21T10:00:00Z', '2026-11-22T02:00:00Z')).toEqual(['2026-11-21', '2026-11-22']);
    expect(daysOf(OPENS, '2026-11-21T10:00:00Z')).toEqual(['2026-11-21']);
  });

  it('must end after they start, inside the fair, without an overlap', () => {
    const at = (from: string, to: string, day = '2026-11-21') => ({ day, from, to });
    const faults = faultsOf([at('09:00', '10:00'), at('11:00', '11:00'), at('09:30', '12:00'), at('08:00', '09:00'), at('10:00', '11:00'), at('17:00', '18:30', '2026-11-22')], OPENS, CLOSES);
    expect([...faults]).toEqual([[1, 'windowOrder'], [2, 'windowOverlap'], [3, 'windowOutside'], [4, 'windowOverlap'], [5, 'windowOutside']]);
  });

  it('begin behind the last one', () => {
    expect(nextDraft([], OPENS, CLOSES, NOW + 60_000)).toEqual({ day: '2026-11-21', from: '11:15', to: '12:15' });
    expect(nextDraft([{ day: '2026-11-21', from: '14:00', to: '16:00' }], OPENS, CLOSES, NOW)).toEqual({ day: '2026-11-21', from: '16:00', to: '17:00' });
    const last = nextDraft([{ day: '2026-11-22', from: '17:00', to: '18:00' }], OPENS, CLOSES, NOW);
    expect(faultsOf([last], OPENS, CLOSES).size).toBe(0);
  });
});

describe('how long applications have waited', () => {
  const waited = (id: number, minutes: number, status: 'pending' | 'dismissed' = 'pending') => row(id, { status, queued_at: new Date(NOW - minutes * 60_000).toISOString() });

  it('is cut where somebody waits, and counts nobody who is decided', () => {
    const rows = [waited(1, 1), waited(2, 5), waited(3, 14), waited(4, 29), waited(5, 45), waited(6, 900, 'dismissed')];
    expect(waits(rows, NOW)).toEqual({ edges: [5, 15, 30], counts: [1, 2, 1, 1] });
    expect(waits([waited(1, 1), waited(2, 4)], NOW)).toEqual({ edges: [2, 5, 10], counts: [1, 1, 0, 0] });
    expect(waits([waited(1, 59), waited(2, 130), waited(3, 200)], NOW)).toEqual({ edges: [30, 60, 120], counts: [0, 1, 0, 2] });
    expect(waits([], NOW).counts).toEqual([0, 0, 0, 0]);
  });
});
