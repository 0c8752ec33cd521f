import { describe, expect, it } from 'vitest';
import { changesBetween } from '@/stores/changes';
import { desk, hall, row } from './fixtures';

describe('what a recruiter is told', () => {
  it('says nothing on the first look or at another booth', () => {
    const full = hall({ pending: [row(1, { status: 'pending' })] });
    expect(changesBetween(null, full)).toEqual([]);
    expect(changesBetween(hall({ booth: { ...full.booth, id: 13 } }), full)).toEqual([]);
  });

  it('tells a new application once', () => {
    const after = hall({ pending: [row(1, { status: 'pending', queued_at: '2026-11-21T03:00:01Z' })] });
    expect(changesBetween(hall(), after)).toEqual([{ kind: 'applied', id: 1, name: '学生1' }]);
    expect(changesBetween(after, after)).toEqual([]);
  });

  it('says nothing of an old application that has moved into the head of its list', () => {
    expect(changesBetween(hall(), hall({ pending: [row(1, { status: 'pending' })] }))).toEqual([]);
  });

  it('tells who came online, and who agreed to an invitation', () => {
    const before = hall({ waiting: [row(1, { online: false })], invited: [row(2, { status: 'invited' })] });
    const after = hall({ waiting: [row(1), row(2)] });
    expect(changesBetween(before, after).map(({ kind, id }) => [kind, id])).toEqual([['agreed', 2], ['online', 1]]);
  });

  it('tells who declined an invitation, once', () => {
    const before = hall({ invited: [row(3, { status: 'invited' })] });
    const after = hall({ done: [row(3, { status: 'declined' })] });
    expect(changesBetween(before, after).map(({ kind, id }) => [kind, id])).toEqual([['declined', 3]]);
    expect(changesBetween(after, after)).toEqual([]);
  });

  it('tells of a student who called in vain, but not of one who was told "not now"', () => {
    const expires = { ring_expires_at: '2026-11-21T03:00:30Z' };
    const called = row(4, { status: 'ringing', called_by: 'student', ...expires });
    const ringing = hall({ desk: desk('ringing', 4), waiting: [called] });
    const over = hall({ waiting: [row(4, { called_by: 'student' })] });
    expect(changesBetween(ringing, over)).toEqual([]);
    expect(changesBetween(ringing, { ...over, server_now: '2026-11-21T03:00:33Z' })).toEqual([{ kind: 'unanswered', id: 4, name: '学生4' }]);
    const talking = hall({ desk: desk('in_call', 4), waiting: [row(4, { status: 'in_call', called_by: 'student' })] });
    expect(changesBetween(ringing, talking).map(({ kind }) => kind)).toEqual(['answered']);
  });

  it('tells an answered ring from a missed one', () => {
    const ringing = hall({ desk: desk('ringing', 4), waiting: [row(4, { status: 'ringing' })] });
    const answered = hall({ desk: desk('in_call', 4), waiting: [row(4, { status: 'in_call' })] });
    const missed = hall({ waiting: [row(4, { misses: 1 })] });
    const cancelled = hall({ waiting: [row(4)] });
    expect(changesBetween(ringing, answered).map(({ kind }) => kind)).toEqual(['answered']);
    expect(changesBetween(ringing, missed).map(({ kind }) => kind)).toEqual(['missed']);
    expect(changesBetween(ringing, cancelled)).toEqual([]);
  });
});
