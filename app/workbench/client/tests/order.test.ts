import { describe, expect, it } from 'vitest';
import { audience, explain, hindrances, standstill } from '@/stores/order';
import { hall, line, row } from './fixtures';

const NOW = Date.parse('2026-11-21T03:00:00Z');
const at = (minute: number) => `2026-11-21T02:${String(minute).padStart(2, '0')}:00Z`;
const desk = { id: 2, label: '2 号席' };

describe('why the next one is next', () => {
  it('is the order of application, past those who cannot be called', () => {
    const next = row(9, { queued_at: at(30) });
    const waiting = [
      row(1, { queued_at: at(1), busy: true }), row(2, { queued_at: at(2), status: 'held', held_until: at(59) }), row(3, { queued_at: at(3), status: 'held' }),
      row(4, { queued_at: at(4), online: false }), row(5, { queued_at: at(5), online: false }), row(6, { queued_at: at(6), only_desk: desk }), next, row(10, { queued_at: at(31) }),
    ];
    expect(explain(hall({ waiting }), next, NOW)).toEqual({
      because: 'order', passed: [['busy', 1], ['hold', 1], ['missed', 1], ['offline', 2], ['elsewhere', 1]],
    });
  });

  it('is a slot from its minute on', () => {
    const next = row(9, { queued_at: at(30), slot_at: '2026-11-21T03:00:00Z' });
    const waiting = [row(1, { queued_at: at(1) }), next];
    expect(explain(hall({ waiting }), next, NOW)).toEqual({ because: 'slot', passed: [['behind', 1]] });
    expect(explain(hall({ waiting }), next, NOW - 1).because).toBe('order');
  });

  it('is the assignment to this desk', () => {
    const next = row(9, { queued_at: at(30), only_desk: { id: 1, label: '1 号席' } });
    expect(explain(hall({ waiting: [next] }), next, NOW).because).toBe('assigned');
  });

  it('is everyone once only where somebody earlier steps back for it', () => {
    const next = row(9, { queued_at: at(30), first_time: true });
    const waiting = [row(1, { queued_at: at(1) }), next];
    const fair = { ...hall().fair, everyone_once: true };
    expect(explain(hall({ fair, waiting }), next, NOW).because).toBe('first_time');
    expect(explain(hall({ fair, waiting: [next] }), next, NOW).because).toBe('order');
    expect(explain(hall({ waiting }), next, NOW).because).toBe('order');
  });

  it('does not count whoever is in a call here', () => {
    const next = row(9, { queued_at: at(30) });
    expect(explain(hall({ waiting: [row(1, { queued_at: at(1), status: 'in_call', busy: true }), next] }), next, NOW).passed).toEqual([]);
  });
});

describe('when nobody can be called', () => {
  it('says what each one is hindered by', () => {
    const waiting = [row(1, { online: false }), row(2, { busy: true }), row(3, { status: 'concluding' })];
    expect(hindrances(hall({ waiting }))).toEqual([['busy', 1], ['offline', 1]]);
  });

  it('tells whom a notice reaches, whether their rows were sent or not', () => {
    const screen = hall({ pending: [row(1, { status: 'pending' }), row(2, { status: 'dismissed' })], waiting: [row(3), row(4, { status: 'in_call' })] });
    expect(audience({ ...screen, counts: { ...screen.counts, pending: 40, waiting: 61 } })).toBe(101);
  });

  it('tells a full quota and closed windows apart', () => {
    const window = { opens_at: '2026-11-21T05:00:00Z', closes_at: '2026-11-21T07:00:00Z' };
    expect(standstill(hall({ line: line({ quota: 1, taken: 1, called: 1 }), done: [row(1, { status: 'finished' })] }), NOW)).toEqual({ kind: 'quota' });
    expect(standstill(hall({ line: line({ quota: 1, taken: 1 }), waiting: [row(1)] }), NOW)).toBeNull(); // taken, but not called yet
    expect(standstill(hall({ line: line({ windows: [window] }) }), NOW)).toEqual({ kind: 'window', opens_at: window.opens_at });
    expect(standstill(hall({ line: line({ windows: [window] }) }), Date.parse(window.opens_at))).toBeNull();
    expect(standstill(hall({ line: line({ windows: [window] }) }), Date.parse(window.closes_at))).toEqual({ kind: 'window', opens_at: null });
    expect(standstill(hall({ line: line() }), NOW)).toBeNull();
  });
});
