import { describe, expect, it } from 'vitest';
import type { Row } from '@/shared/api';
import { audience, secondsUntil, undoable } from '@/pages-recruiter/hall/dismissed';

const NOW = Date.parse('2026-11-21T03:00:00Z');
const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();
const row = (id: number, status: Row['status'], undoUntil: string | null = null) => ({ id, status, undo_until: undoUntil }) as Row;

describe('a rejection on its way', () => {
  it('can be taken back, the newest first, until its time is over', () => {
    const rows = [row(1, 'pending'), row(2, 'dismissed', at(5)), row(3, 'dismissed', at(50)), row(4, 'dismissed', at(0)), row(5, 'dismissed')];
    expect(undoable(rows, NOW).map(({ id }) => id)).toEqual([3, 2]);
    expect(undoable(rows, NOW + 6000).map(({ id }) => id)).toEqual([3]);
  });

  it('counts whole seconds and never below nought', () => {
    expect(secondsUntil(at(0.2), NOW)).toBe(1);
    expect(secondsUntil(at(-9), NOW)).toBe(0);
    expect(secondsUntil(null, NOW)).toBe(0);
  });
});

describe('a notice', () => {
  it('reaches applicants and the line, also those whose rejection is not delivered', () => {
    const lists = { pending: [row(1, 'pending'), row(2, 'dismissed')], waiting: [row(3, 'waiting'), row(4, 'held'), row(5, 'in_call')] };
    expect(audience({ ...lists, counts: { pending: 1, invited: 0, waiting: 3, done: 0 } })).toBe(4);
    expect(audience({ ...lists, counts: { pending: 31, invited: 0, waiting: 63, done: 0 } })).toBe(94); // the rest of a list is not sent
  });
});
