import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RealtimeSocket, type WireEvents } from '@/shared/realtime/socket';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function line() {
  const lines: { events: WireEvents; sent: Record<string, unknown>[] }[] = [];
  const status: boolean[] = [];
  const socket = new RealtimeSocket({
    dial: (_url, events) => {
      const one = { events, sent: [] as Record<string, unknown>[] };
      lines.push(one);
      return { send: (text) => one.sent.push(JSON.parse(text) as Record<string, unknown>), close: () => undefined };
    },
    url: () => 'ws://realtime/ws',
    learnUrl: () => Promise.resolve(),
    token: () => 'T',
    renewToken: () => Promise.resolve(),
    onEvent: () => undefined,
    onResync: () => undefined,
    onStatus: (now) => status.push(now),
  });
  const hear = (message: object, at = lines.length - 1) => lines[at].events.received(JSON.stringify(message));
  const welcome = () => {
    lines.at(-1)?.events.opened();
    hear({ t: 'welcome', ping_seconds: 15 });
  };
  const asked = () => lines.flatMap(({ sent }) => sent).filter(({ t }) => t === 'ask');
  socket.start();
  return { socket, lines, status, hear, welcome, asked };
}

const told = (promise: Promise<unknown>) => promise.then((body) => ({ body }), ({ code }: { code: string }) => ({ code }));

describe('a question over the socket', () => {
  it('gets the answer of its own number', async () => {
    const { socket, hear, welcome, asked } = line();
    welcome();
    const [first, second] = [socket.ask('room', { room: 'a' }), socket.ask('room', { room: 'b' })].map(told);
    const [one, two] = asked();
    expect(one).toMatchObject({ t: 'ask', about: 'room', body: { room: 'a' } });
    expect(one.id).not.toBe(two.id);
    hear({ t: 'answer', id: two.id, body: { talk: 2 } });
    hear({ t: 'answer', id: one.id, body: { talk: 1 } });
    hear({ t: 'answer', id: one.id, body: { talk: 9 } });
    expect([await first, await second]).toEqual([{ body: { talk: 1 } }, { body: { talk: 2 } }]);
  });

  it('is refused with the code of the problem', async () => {
    const { socket, hear, welcome, asked } = line();
    welcome();
    const answer = told(socket.ask('room', {}));
    hear({ t: 'answer', id: asked()[0].id, refused: 'row-needed' });
    expect(await answer).toEqual({ code: 'row-needed' });
  });

  it('is not asked before the welcome, nor on a line that is cut', async () => {
    const { socket, lines, welcome, asked } = line();
    expect(await told(socket.ask('room', {}))).toEqual({ code: 'line-cut' });
    welcome();
    const open = told(socket.ask('room', {}));
    lines[0].events.closed();
    expect(await open).toEqual({ code: 'line-cut' });
    expect(await told(socket.ask('room', {}))).toEqual({ code: 'line-cut' });
    expect(asked()).toHaveLength(1);
  });

  it('waits three seconds, then asks whether the line lives at all', async () => {
    const { socket, lines, status, welcome } = line();
    welcome();
    const answer = told(socket.ask('room', {}));
    await vi.advanceTimersByTimeAsync(2999);
    expect(lines[0].sent.at(-1)?.t).toBe('ask');
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toEqual({ code: 'no-answer' });
    expect(lines[0].sent.at(-1)).toEqual({ t: 'ping' });
    await vi.advanceTimersByTimeAsync(8000);
    expect(status).toEqual([true, false]);
  });

  it('stays below what the gateway takes for a flood', async () => {
    const { socket, welcome, asked } = line();
    welcome();
    const answers = Array.from({ length: 40 }, () => told(socket.ask('room', {})));
    expect(asked()).toHaveLength(30);
    expect(await answers[39]).toEqual({ code: 'too-many' });
    await vi.advanceTimersByTimeAsync(10_000);
    void told(socket.ask('room', {}));
    expect(asked()).toHaveLength(31);
  });
});
