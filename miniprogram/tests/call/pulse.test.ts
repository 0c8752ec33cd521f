import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomSync, type RoomSyncOwner } from '@/shared/call/roomsync';
import { TIMING } from '@/shared/call/timing';
import type { PulseRequest, Signal, SyncAnswer, SyncRequest } from '@/shared/call/types';
import { Unanswered } from '@/shared/realtime/questions';

/** A room that is reached both ways: by requests, and by a line that the test may cut. */
function room() {
  const posted: SyncRequest[] = [];
  const pulses: PulseRequest[] = [];
  const seen = { signals: [] as Signal[], talk: [] as number[], ended: [] as string[], renewed: 0 };
  const line = { answer: (): Promise<Partial<SyncAnswer>> => Promise.resolve({}) };
  const http = { refusal: null as { status: number; code: string } | null };
  const full = (answer: Partial<SyncAnswer>): SyncAnswer => ({
    signals: [], after: 7, talk_seconds: 3, open: true, peer_seen_at: null, server_now: '2026-11-21T10:00:00Z', ...answer,
  });
  const owner: RoomSyncOwner = {
    post: (request) => {
      posted.push(structuredClone(request));
      const refusal = http.refusal;
      http.refusal = null;
      return refusal ? Promise.reject(refusal as unknown as Error) : Promise.resolve(full({}));
    },
    pulse: async (request) => {
      pulses.push(structuredClone(request));
      return full(await line.answer());
    },
    token: () => `token-${seen.renewed}`,
    received: (signals) => seen.signals.push(...signals),
    answered: ({ talk_seconds }) => seen.talk.push(talk_seconds),
    ended: (reason) => seen.ended.push(reason),
    refused: () => undefined,
    renew: async () => void (seen.renewed += 1),
  };
  return { posted, pulses, seen, line, http, sync: new RoomSync(owner, TIMING) };
}

const cut = (code: string) => () => Promise.reject(new Unanswered(code));

/** Opened, and media flows from now on. */
async function flowing() {
  const stage = room();
  await stage.sync.open();
  stage.sync.report(true);
  await vi.advanceTimersByTimeAsync(0);
  stage.posted.length = 0;
  stage.pulses.length = 0;
  return stage;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a call that flows', () => {
  it('begins and searches over HTTP', async () => {
    const { posted, pulses, sync } = room();
    await sync.open();
    await vi.advanceTimersByTimeAsync(5000);
    expect([posted.length, pulses.length]).toEqual([6, 0]);
    sync.stop();
  });

  it('asks over the line every four seconds, and posts nothing', async () => {
    const { posted, pulses, seen, sync } = await flowing();
    await vi.advanceTimersByTimeAsync(40_000);
    expect([posted.length, pulses.length]).toEqual([0, 10]);
    expect(pulses[0]).toMatchObject({ after: 7, token: 'token-0', media: { flowing: true } });
    expect(pulses[0]).not.toHaveProperty('signals');
    expect(seen.talk.length).toBeGreaterThan(10);
    sync.stop();
  });

  it('fetches over the line what the other side sent', async () => {
    const { pulses, line, seen, sync } = await flowing();
    line.answer = () => Promise.resolve({ signals: [{ seq: 9, kind: 'mute', body: {} }], after: 9 });
    sync.nudge();
    await vi.advanceTimersByTimeAsync(0);
    expect(pulses).toHaveLength(1);
    expect(seen.signals.map(({ seq }) => seq)).toEqual([9]);
    await vi.advanceTimersByTimeAsync(4000);
    expect(pulses[1].after).toBe(9);
    sync.stop();
  });

  it('posts what it sends itself, and the loss of its media', async () => {
    const { posted, pulses, sync } = await flowing();
    sync.send({ kind: 'mute', body: {} });
    await vi.advanceTimersByTimeAsync(100);
    expect(posted.map(({ signals }) => signals.length)).toEqual([1]);
    sync.report(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(posted.at(-1)?.media.flowing).toBe(false);
    expect(pulses).toHaveLength(0);
    sync.stop();
  });

  it.each(['line-cut', 'row-needed', 'signals-unavailable', 'too-many'])('posts at once when the line says %s, and asks again', async (code) => {
    const { posted, pulses, line, sync } = await flowing();
    line.answer = cut(code);
    await vi.advanceTimersByTimeAsync(4000);
    expect([posted.length, pulses.length]).toEqual([1, 1]);
    line.answer = () => Promise.resolve({});
    await vi.advanceTimersByTimeAsync(8000);
    expect([posted.length, pulses.length]).toEqual([1, 3]);
    sync.stop();
  });

  it('lets a line that did not answer rest, so that the talk clock does not wait for it twice', async () => {
    const { posted, pulses, line, sync } = await flowing();
    line.answer = () => new Promise((_, refuse) => setTimeout(() => refuse(new Unanswered('no-answer')), 3000));
    await vi.advanceTimersByTimeAsync(7000);
    expect([posted.length, pulses.length]).toEqual([1, 1]);
    line.answer = () => Promise.resolve({});
    await vi.advanceTimersByTimeAsync(28_000);
    expect([posted.length, pulses.length]).toEqual([8, 1]);
    await vi.advanceTimersByTimeAsync(4000);
    expect([posted.length, pulses.length]).toEqual([8, 2]);
    sync.stop();
  });

  it('gets a new credential by the problem that HTTP shows', async () => {
    const { pulses, line, http, seen, sync } = await flowing();
    line.answer = cut('room-credential-expired');
    http.refusal = { status: 403, code: 'room-credential-expired' };
    await vi.advanceTimersByTimeAsync(4000);
    expect(seen.renewed).toBe(1);
    line.answer = () => Promise.resolve({});
    await vi.advanceTimersByTimeAsync(8000);
    expect(pulses.at(-1)?.token).toBe('token-1');
    sync.stop();
  });

  it('ends when the line says that the room is closed', async () => {
    const { line, seen, sync } = await flowing();
    line.answer = () => Promise.resolve({ open: false });
    await vi.advanceTimersByTimeAsync(4000);
    expect(seen.ended).toEqual(['ended']);
    sync.stop();
  });

  it('does not wait for a dead line when it leaves', async () => {
    const { posted, line, sync } = await flowing();
    line.answer = () => new Promise((_, refuse) => setTimeout(() => refuse(new Unanswered('no-answer')), 3000));
    await vi.advanceTimersByTimeAsync(4000);
    await sync.leave({ kind: 'bye', body: {} });
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({ signals: [{ kind: 'bye' }], media: { flowing: false } });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(posted).toHaveLength(1);
  });
});
