import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { linePace, Refresher } from '@/shared/realtime/refresher';
import { RealtimeSocket, type WireEvents } from '@/shared/realtime/socket';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function stage(token: string | undefined = 'T', address: { url: string; asked: number; learn?: () => void } = { url: 'ws://realtime/ws', asked: 0 }) {
  const lines: { events: WireEvents; sent: Record<string, unknown>[]; closed: boolean }[] = [];
  const seen = { events: [] as string[], resyncs: 0, turn: -1, status: [] as boolean[], renewals: 0 };
  const socket = new RealtimeSocket({
    dial: (_url, events) => {
      const line = { events, sent: [] as Record<string, unknown>[], closed: false };
      lines.push(line);
      return { send: (text) => line.sent.push(JSON.parse(text) as Record<string, unknown>), close: () => (line.closed = true) };
    },
    url: () => address.url,
    learnUrl: () => {
      address.asked += 1;
      address.learn?.();
      return address.url ? Promise.resolve() : Promise.reject(new Error('no network'));
    },
    token: () => token,
    renewToken: () => Promise.resolve((seen.renewals += 1)),
    random: () => 1,
    onEvent: (event) => seen.events.push(event.kind),
    onResync: (seconds) => {
      seen.resyncs += 1;
      seen.turn = seconds;
    },
    onStatus: (now) => seen.status.push(now),
  });
  const welcome = (at = lines.length - 1) => {
    lines[at].events.opened();
    lines[at].events.received(JSON.stringify({ t: 'welcome', lease_seconds: 45, ping_seconds: 15, now: '' }));
  };
  return { socket, lines, seen, welcome };
}

describe('the socket', () => {
  it('hears of each topic once, and of no more than the gateway allows', () => {
    const { socket, lines, welcome } = stage();
    socket.start();
    welcome();
    socket.listenTo(['booth:1', 'door:1', 'booth:1', ...Array.from({ length: 30 }, (_, at) => `booth:${at + 2}`)]);
    const { topics } = lines[0].sent.at(-1) as { topics: string[] };
    expect(topics.slice(0, 3)).toEqual(['booth:1', 'door:1', 'booth:2']);
    expect(topics).toHaveLength(20);
  });

  it('says hello with token, page and topics, and resyncs when welcomed', () => {
    const { socket, lines, seen, welcome } = stage();
    socket.show('queue', ['booth:12']);
    socket.start();
    welcome();
    expect(lines[0].sent[0]).toEqual({ t: 'hello', token: 'T', page: 'queue', topics: ['booth:12'] });
    expect(seen.resyncs).toBe(1);
    expect(socket.connected).toBe(true);
    lines[0].events.received(JSON.stringify({ t: 'event', kind: 'interview.ringing', payload: { interview_id: 4 } }));
    lines[0].events.received('not json');
    expect(seen.events).toEqual(['interview.ringing']);
  });

  it('reads again when the gateway has missed something, at the turn that it gives', () => {
    const { socket, lines, seen, welcome } = stage();
    socket.start();
    welcome();
    expect([seen.resyncs, seen.turn]).toEqual([1, 0]);
    lines[0].events.received(JSON.stringify({ t: 'event', kind: 'resync', payload: { catch_up_seconds: 12.5 } }));
    expect([seen.resyncs, seen.turn]).toEqual([2, 12.5]);
    expect(seen.events).toEqual([]);
    lines[0].events.received(JSON.stringify({ t: 'welcome', ping_seconds: 15, catch_up_seconds: 40 }));
    expect(seen.turn).toBe(40);
  });

  it('does not knock without a token', () => {
    const { socket, lines } = stage('');
    socket.start();
    expect(lines).toHaveLength(0);
  });

  it('asks for its address until it knows it, for a page that was opened without network', async () => {
    const address = { url: '', asked: 0, learn: undefined as (() => void) | undefined };
    const { socket, lines, welcome } = stage('T', address);
    socket.start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([lines.length, address.asked]).toEqual([0, 4]); // at 0, 0.8, 2.4 and 5.6 s
    address.learn = () => (address.url = 'ws://realtime/ws');
    await vi.advanceTimersByTimeAsync(2100); // the next attempt is at 12 s
    expect(lines).toHaveLength(1);
    welcome();
    expect(socket.connected).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(address.asked).toBe(5);
  });

  it('does not wait for its next attempt when somebody else has learned the address', async () => {
    const address = { url: '', asked: 0 };
    const { socket, lines } = stage('T', address);
    socket.start();
    await vi.advanceTimersByTimeAsync(100);
    address.url = 'ws://realtime/ws';
    socket.start();
    expect(lines).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(lines).toHaveLength(1);
  });

  it('asks no more once it is stopped', async () => {
    const address = { url: '', asked: 0 };
    const { socket, lines } = stage('T', address);
    socket.start();
    socket.stop();
    address.url = 'ws://realtime/ws';
    await vi.advanceTimersByTimeAsync(60_000);
    expect([lines.length, address.asked]).toEqual([0, 1]);
  });

  it('pings, and takes a silent line for dead', () => {
    const { socket, lines, seen, welcome } = stage();
    socket.start();
    welcome();
    vi.advanceTimersByTime(15_000);
    expect(lines[0].sent.at(-1)).toEqual({ t: 'ping' });
    lines[0].events.received(JSON.stringify({ t: 'pong' }));
    vi.advanceTimersByTime(15_000);
    expect(seen.status).toEqual([true]);
    // this one is not answered: a ring of 30 s must not be slept through
    vi.advanceTimersByTime(8000);
    expect(seen.status).toEqual([true, false]);
    expect(lines[0].closed).toBe(true);
    vi.advanceTimersByTime(1000);
    expect(lines).toHaveLength(2);
  });

  it('backs off longer after each failure, up to a limit, and starts over after a success', () => {
    const { socket, lines, welcome } = stage();
    socket.start();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const before = lines.length;
      lines.at(-1)?.events.closed();
      let waited = 0;
      while (lines.length === before && waited < 60_000) {
        vi.advanceTimersByTime(100);
        waited += 100;
      }
      waits.push(waited);
    }
    expect(waits.slice(0, 4)).toEqual([800, 1600, 3200, 6400]);
    expect(Math.max(...waits)).toBe(20_000);
    welcome();
    const before = lines.length;
    lines.at(-1)?.events.closed();
    vi.advanceTimersByTime(800);
    expect(lines.length).toBe(before + 1);
  });

  it('renews the token when the server refuses it', () => {
    const { socket, lines, seen } = stage();
    socket.start();
    lines[0].events.received(JSON.stringify({ t: 'bye', reason: 'token' }));
    expect(seen.renewals).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(lines).toHaveLength(2);
  });

  it('leaves a line that a newer page took over alone for a while', () => {
    const { socket, lines, welcome } = stage();
    socket.start();
    welcome();
    lines[0].events.received(JSON.stringify({ t: 'bye', reason: 'replaced' }));
    vi.advanceTimersByTime(6000);
    expect(lines).toHaveLength(1);
  });

  it('reconnects at once when the page comes back to a dead line, and only resyncs on a living one', () => {
    const { socket, lines, seen, welcome } = stage();
    socket.start();
    welcome();
    socket.here();
    expect(lines[0].sent.at(-1)).toEqual({ t: 'here' });
    expect(seen.resyncs).toBe(2);
    lines[0].events.closed();
    socket.here();
    expect(lines).toHaveLength(2);
  });

  it('stays down after stop', () => {
    const { socket, lines, welcome } = stage();
    socket.start();
    welcome();
    socket.stop();
    vi.advanceTimersByTime(120_000);
    expect(lines).toHaveLength(1);
  });
});

describe('a refresher', () => {
  const make = (connected: boolean, presses = false) => {
    const seen = { reads: 0, presence: 0 };
    const refresher = new Refresher({
      read: () => Promise.resolve(void (seen.reads += 1)), connected: () => connected, pollSeconds: () => 10, slowSeconds: 60, presses: () => presses, renewPresence: () => Promise.resolve((seen.presence += 1)),
    });
    return { refresher, seen };
  };

  it('reads once for a burst of hints', async () => {
    const { refresher, seen } = make(true);
    await refresher.start();
    for (let hint = 0; hint < 20; hint += 1) refresher.soon();
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen.reads).toBe(2);
  });

  it('lets news of the line wait, and reads at once for what is pressing', async () => {
    const { refresher, seen } = make(true);
    await refresher.start();
    refresher.soon(20_000);
    refresher.soon(30_000);
    await vi.advanceTimersByTimeAsync(19_000);
    expect(seen.reads).toBe(1);
    refresher.soon();
    await vi.advanceTimersByTimeAsync(500);
    expect(seen.reads).toBe(2);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(seen.reads).toBe(2);
  });

  it.each([
    { random: 0, seconds: 255 },
    { random: 0.99, seconds: 344 },
  ])('waits long at its own pace, so that a crowd does not keep step ($seconds s for 300)', async ({ random, seconds }) => {
    let reads = 0;
    vi.spyOn(Math, 'random').mockReturnValue(random);
    const refresher = new Refresher({ read: () => Promise.resolve(void (reads += 1)), connected: () => true, slowSeconds: 9000 });
    vi.restoreAllMocks();
    await refresher.start();
    refresher.soon(300_000);
    await vi.advanceTimersByTimeAsync((seconds - 1) * 1000);
    expect(reads).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(reads).toBe(2);
  });

  it('looks at a line more often the nearer its head is', () => {
    const paces = [[0], [3, null], [10, 12], [200], []].map((ahead) => linePace(ahead));
    expect(paces).toEqual([60_000, 240_000, 300_000, 300_000, 300_000]);
  });

  it('polls and renews presence while the socket is cut, more often where something presses', async () => {
    const { refresher, seen } = make(false, true);
    await refresher.start();
    await vi.advanceTimersByTimeAsync(31_000);
    expect(seen).toEqual({ reads: 4, presence: 3 });
  });

  it('holds its presence while the socket is cut, and leaves the server to those who are in a hurry', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const { refresher, seen } = make(false);
    await refresher.start();
    await vi.advanceTimersByTimeAsync(19_000);
    expect(seen).toEqual({ reads: 1, presence: 0 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(seen).toEqual({ reads: 2, presence: 1 });
    vi.restoreAllMocks();
  });

  it('reads slowly while the socket stands, without renewing presence', async () => {
    const { refresher, seen } = make(true);
    await refresher.start();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(seen.reads).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(seen).toEqual({ reads: 2, presence: 0 });
  });

  it('spreads the readings of a crowd whose line was cut', async () => {
    const { refresher, seen } = make(true);
    await refresher.start();
    vi.spyOn(Math, 'random').mockReturnValue(0.9);
    refresher.catchUp();
    await vi.advanceTimersByTimeAsync(4400);
    expect(seen.reads).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(seen.reads).toBe(2);
    vi.restoreAllMocks();
  });

  it('waits for its turn in a large crowd, unless something presses', async () => {
    const [calm, hurried] = [make(true), make(true, true)];
    await Promise.all([calm.refresher.start(), hurried.refresher.start()]);
    calm.refresher.catchUp(30);
    hurried.refresher.catchUp(30);
    await vi.advanceTimersByTimeAsync(5100);
    expect([calm.seen.reads, hurried.seen.reads]).toEqual([1, 2]);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(calm.seen.reads).toBe(2);
  });

  it('notices within the quick pace that the line was cut between two slow reads', async () => {
    let connected = true;
    let reads = 0;
    const refresher = new Refresher({
      read: () => Promise.resolve(void (reads += 1)), connected: () => connected, pollSeconds: () => 10, slowSeconds: 60, presses: () => true,
    });
    await refresher.start();
    await vi.advanceTimersByTimeAsync(12_000);
    connected = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reads).toBe(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reads).toBe(3);
  });

  it('is quiet after stop', async () => {
    const { refresher, seen } = make(false);
    await refresher.start();
    refresher.stop();
    refresher.soon();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.reads).toBe(1);
  });
});
