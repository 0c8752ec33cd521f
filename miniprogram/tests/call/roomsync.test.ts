import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomSync, type RoomSyncOwner } from '@/shared/call/roomsync';
import { TalkClock } from '@/shared/call/talkclock';
import type { Signal, SyncAnswer, SyncRequest } from '@/shared/call/types';

const NOW = '2026-11-21T10:00:00Z';

/** A server's side of the wire: answers what the test lays down, and remembers what was said. */
function wire() {
  const said: SyncRequest[] = [];
  const next: (Partial<SyncAnswer> | Error | { status: number; code?: string })[] = [];
  const heard = { signals: [] as Signal[], ended: [] as string[], refused: 0, renewed: 0 };
  const owner: RoomSyncOwner = {
    post: async (request) => {
      said.push(structuredClone(request));
      const answer = next.shift() ?? {};
      if (answer instanceof Error || 'status' in answer) throw answer;
      return { signals: [], after: 7, talk_seconds: 0, open: true, peer_seen_at: null, server_now: NOW, ...answer };
    },
    token: () => `token-${heard.renewed}`,
    received: (signals) => heard.signals.push(...signals),
    answered: () => undefined,
    ended: (reason) => heard.ended.push(reason),
    refused: () => (heard.refused += 1),
    renew: async () => void (heard.renewed += 1),
  };
  return { said, next, heard, room: new RoomSync(owner, { syncSearching: 1000, syncFlowing: 3000 }) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('conversation with the room', () => {
  it('fetches the mailbox before it says anything', async () => {
    const { said, next, room } = wire();
    next.push({ signals: [{ seq: 5, kind: 'offer', body: {} }] });
    room.send({ kind: 'restart', body: {} });
    expect(await room.open()).toHaveLength(1);
    expect(said[0]).toMatchObject({ after: 0, signals: [] });
    await vi.advanceTimersByTimeAsync(1000);
    expect(said[1]).toMatchObject({ after: 7, signals: [{ kind: 'restart' }] });
  });

  it('gives a phone without network a few seconds before the call fails', async () => {
    const { said, next, room } = wire();
    next.push({ status: 0, code: 'network' }, { status: 503 });
    const opening = room.open();
    await vi.advanceTimersByTimeAsync(3000);
    expect(await opening).toEqual([]);
    expect(said).toHaveLength(3);
  });

  it('does not repeat a first sync that was refused', async () => {
    const { said, next, room } = wire();
    next.push({ status: 403, code: 'not-in-room' });
    await expect(room.open()).rejects.toMatchObject({ status: 403 });
    expect(said).toHaveLength(1);
  });

  it('syncs every second, and every three while media flows', async () => {
    const { said, room } = wire();
    await room.open();
    await vi.advanceTimersByTimeAsync(5000);
    expect(said).toHaveLength(6);
    room.report(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(said.at(-1)?.media.flowing).toBe(true);
    await vi.advanceTimersByTimeAsync(9000);
    expect(said).toHaveLength(10);
  });

  it('reports lost media at once', async () => {
    const { said, room } = wire();
    await room.open();
    room.report(true);
    await vi.advanceTimersByTimeAsync(1);
    room.report(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(said.map(({ media }) => media.flowing)).toEqual([false, true, false]);
  });

  it('sends a burst of candidates in one sync', async () => {
    const { said, room } = wire();
    await room.open();
    for (let index = 0; index < 8; index += 1) room.send({ kind: 'ice', body: { index } });
    await vi.advanceTimersByTimeAsync(100);
    expect(said).toHaveLength(2);
    expect(said[1].signals).toHaveLength(8);
  });

  it('sends again what may not have arrived, and drops what has', async () => {
    const { said, next, room } = wire();
    await room.open();
    next.push(new Error('no network'));
    room.send({ kind: 'offer', body: { epoch: 1 } });
    await vi.advanceTimersByTimeAsync(100);
    await vi.advanceTimersByTimeAsync(2000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(said.map(({ signals }) => signals.length)).toEqual([0, 1, 1, 0]);
  });

  it('splits what is more than the server takes', async () => {
    const { said, room } = wire();
    await room.open();
    for (let index = 0; index < 120; index += 1) room.send({ kind: 'ice', body: { index } });
    await vi.advanceTimersByTimeAsync(400);
    expect(said.map(({ signals }) => signals.length)).toEqual([0, 50, 50, 20]);
  });

  it('waits longer after each failure, at most 15 s', async () => {
    const { said, next, room } = wire();
    await room.open();
    next.push(...Array.from({ length: 50 }, () => new Error('no network')));
    await vi.advanceTimersByTimeAsync(1000 + 2000 + 4000 + 8000 + 15_000 + 15_000);
    expect(said).toHaveLength(7);
  });

  it('renews a worn-out credential and goes on', async () => {
    const { said, next, heard, room } = wire();
    await room.open();
    next.push({ status: 403, code: 'room-credential-expired' });
    await vi.advanceTimersByTimeAsync(4000);
    expect(heard.renewed).toBe(1);
    expect(heard.refused).toBe(0);
    expect(said.at(-1)?.token).toBe('token-1');
  });

  it.each([
    [{ status: 409, code: 'room-taken-over' }, { ended: ['replaced'], refused: 0 }],
    [{ status: 404, code: 'room-not-found' }, { ended: [], refused: 1 }],
    [{ status: 403, code: 'not-in-room' }, { ended: [], refused: 1 }],
    [{ status: 503, code: 'signals-unavailable' }, { ended: [], refused: 0 }],
  ])('understands %o', async (refusal, expected) => {
    const { next, heard, room } = wire();
    await room.open();
    next.push(refusal);
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard).toMatchObject(expected);
    room.stop();
  });

  it('says when the server closed the room', async () => {
    const { next, heard, room } = wire();
    await room.open();
    next.push({ open: false, signals: [{ seq: 1, kind: 'ice', body: {} }] });
    await vi.advanceTimersByTimeAsync(1000);
    expect(heard.ended).toEqual(['ended']);
    expect(heard.signals).toEqual([]);
  });

  it('leaves with a last word, without media, and then is silent', async () => {
    const { said, room } = wire();
    await room.open();
    room.report(true);
    await vi.advanceTimersByTimeAsync(1);
    await room.leave({ kind: 'bye', body: {} });
    expect(said.at(-1)).toMatchObject({ signals: [{ kind: 'bye' }], media: { flowing: false } });
    const count = said.length;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(said).toHaveLength(count);
  });
});

describe('talk clock on the page', () => {
  it('ticks between the answers and never runs far ahead', async () => {
    const shown: number[] = [];
    const clock = new TalkClock((seconds) => shown.push(seconds));
    clock.correct(10);
    clock.run(true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(shown).toEqual([10, 11, 12, 13, 14, 15]);
    clock.correct(12);
    expect(shown.at(-1)).toBe(12);
    clock.stop();
  });

  it('stands still while nothing flows', async () => {
    const shown: number[] = [];
    const clock = new TalkClock((seconds) => shown.push(seconds));
    clock.correct(3);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(shown).toEqual([3]);
  });
});
