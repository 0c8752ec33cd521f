import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MyInterviews, Ticket } from '@/shared/api';
import { keeper } from '@/app/api';
import { clientConfig, startRealtime, stopRealtime } from '@/app/realtime';
import { templatesAt } from '@/app/subscriptions';
import { concerns, lineStep, stepped } from '@/shared/queue/line-step';
import { accepted, mayCallSoon } from '@/shared/queue/ticket';
import { useInterviews } from '@/stores/interviews';

const ticket = (changes: Partial<Ticket>) =>
  ({ id: 1, status: 'waiting', ahead: 5, desks_online: 1, booth: { id: 3, number: 'A1' }, employer: { id: 1, name: '明河' }, fair_id: 1, actions: ['withdraw', 'hold'], called_by: 'recruiter', rules: { hold_seconds: 180, misses_kept: 3, everyone_once: false, students_may_start: true }, ...changes }) as Ticket;

const CALLING = ticket({ status: 'ringing', called_by: 'student', ahead: null, ring_expires_at: '2026-11-21T02:00:30Z', actions: ['cancel-start'] });
let shown: Partial<MyInterviews> = {};
let asked: string[] = [];
const buzz = vi.fn();

/** The network as uni-app gives it: the queue page's screen, commands that answer with a ticket, refusals by path. */
function serve(tickets: Ticket[], active: Ticket | null = null) {
  shown = { server_now: '2026-11-21T02:00:00Z', poll_seconds: 10, fair: null, tickets, active };
}

beforeEach(() => {
  asked = [];
  buzz.mockClear();
  setActivePinia(createPinia());
  uni.vibrateLong = buzz as unknown as typeof uni.vibrateLong;
  vi.stubGlobal('navigator', { userActivation: { hasBeenActive: true } });
  uni.request = ((request: UniApp.RequestOptions) => {
    asked.push(`${request.method} ${request.url}`);
    const calling = request.url.endsWith('/start') ? CALLING : request.url.endsWith('/cancel-start') ? ticket({ ahead: 0 }) : null;
    const held = request.url.endsWith('/hold') ? ticket({ status: 'held', held_until: '2026-11-21T02:03:00Z' }) : null;
    const data = request.url.endsWith('/my-interviews') ? shown : (calling ?? held);
    request.success?.({ statusCode: request.url.endsWith('/ring-seen') ? 500 : 200, data } as unknown as UniApp.RequestSuccessCallbackResult);
  }) as typeof uni.request;
  keeper.write({ access_token: 'a', expires_in: 60, refresh_token: 'r', account: { id: 1, name: '林小满', roles: ['student'] } });
});

describe('a turn that comes near', () => {
  it('taps the shoulder when the student becomes the third, once', async () => {
    const store = useInterviews();
    serve([ticket({ ahead: 3 })]);
    await store.load();
    expect(store.nearest).toBeNull();
    for (const ahead of [2, 1]) {
      serve([ticket({ ahead })]);
      await store.load();
    }
    expect(buzz).toHaveBeenCalledTimes(1);
    expect(store.nearest?.ahead).toBe(1);
  });

  it('does not startle who opens the page as the third', async () => {
    serve([ticket({ ahead: 2 })]);
    await useInterviews().load();
    expect(buzz).not.toHaveBeenCalled();
  });

  it('waits until the talk at another booth is over', async () => {
    const store = useInterviews();
    serve([]);
    await store.load();
    const call = ticket({ id: 2, status: 'in_call', ahead: null });
    serve([call, ticket({ ahead: 1 })], call);
    await store.load();
    expect(buzz).not.toHaveBeenCalled();
    serve([ticket({ ahead: 1 })]);
    await store.load();
    expect(buzz).toHaveBeenCalledTimes(1);
  });

  it('names the nearest of several lines', async () => {
    serve([ticket({ id: 1, ahead: 2 }), ticket({ id: 2, ahead: 0 }), ticket({ id: 3, ahead: 1, status: 'held' })]);
    const store = useInterviews();
    await store.load();
    expect(store.nearest?.id).toBe(2);
  });
});

describe('a ring that is shown', () => {
  it('is told to the server once, again for the next ring, and costs nothing when that fails', async () => {
    const store = useInterviews();
    const ring = ticket({ status: 'ringing', ring_expires_at: '2026-11-21T02:00:30Z' });
    await store.seeRing(ring);
    await store.seeRing({ ...ring });
    expect(asked.filter((one) => one.endsWith('/ring-seen'))).toHaveLength(1);
    await store.seeRing({ ...ring, ring_expires_at: '2026-11-21T02:05:30Z' });
    expect(asked.filter((one) => one.endsWith('/ring-seen'))).toHaveLength(2);
  });
});

describe('a call that the student makes', () => {
  const line = ticket({ ahead: 0, actions: ['withdraw', 'start'] });
  const at = (second: string, tickets: Ticket[], active: Ticket | null = null) => {
    serve(tickets, active);
    shown = { ...shown, server_now: `2026-11-21T02:00:${second}Z` };
  };

  it('is no ring, and leads into the interview when the desk answers', async () => {
    const store = useInterviews();
    at('00', [line]);
    await store.load();
    at('02', [CALLING], CALLING);
    await store.act(line, 'start');
    expect(asked).toContain('POST /api/interviews/1/start');
    expect([store.calling?.id, store.ringing, store.settled]).toEqual([1, null, null]);
    const talking = ticket({ status: 'in_call', called_by: 'student', ahead: null });
    at('05', [talking], talking);
    await store.load();
    expect(store.settled).toEqual({ id: 1, answered: true });
  });

  it('that nobody answers says so once, and the place is kept', async () => {
    const store = useInterviews();
    at('02', [CALLING], CALLING);
    await store.act(line, 'start');
    at('33', [ticket({ ahead: 0, called_by: 'student' })]);
    await store.load();
    expect(store.settled).toEqual({ id: 1, answered: false });
    store.settled = null;
    await store.load();
    expect(store.settled).toBeNull();
  });

  it('is not given up for a reading that was on its way when it began', async () => {
    const store = useInterviews();
    at('00', [line]);
    await store.act(line, 'start');
    expect(store.settled).toBeNull();
    at('02', [CALLING], CALLING);
    await store.load();
    expect([store.calling?.id, store.settled]).toEqual([1, null]);
  });

  it('that the student stops, or that another device makes, tells nothing here', async () => {
    const store = useInterviews();
    at('02', [CALLING], CALLING);
    await store.load();
    const talking = ticket({ status: 'in_call', called_by: 'student', ahead: null });
    at('05', [talking], talking);
    await store.load();
    expect(store.settled).toBeNull();
    at('07', [CALLING], CALLING);
    await store.act(line, 'start');
    at('09', [line]);
    await store.act(CALLING, 'cancel-start');
    expect(store.settled).toBeNull();
  });

  it('waits only for a free desk', () => {
    expect(mayCallSoon(line)).toBe(true);
    expect(mayCallSoon({ ...line, ahead: 1 })).toBe(false);
    expect(mayCallSoon({ ...line, desks_online: 0 })).toBe(false);
    expect(mayCallSoon({ ...line, rules: { ...line.rules, students_may_start: false } })).toBe(false);
  });
});

describe('a hold', () => {
  it('shows at once, before the next read', async () => {
    const store = useInterviews();
    serve([ticket({})]);
    await store.load();
    serve([ticket({ status: 'held', held_until: '2026-11-21T02:03:00Z' })]);
    const held = await store.act(store.tickets[0], 'hold');
    expect(asked).toContain('POST /api/interviews/1/hold');
    expect(held.held_until).toBe('2026-11-21T02:03:00Z');
    expect(store.groups.waiting[0].status).toBe('held');
    expect(store.badge).toBe(1);
  });
});

describe('messages asked for at a tap', () => {
  it('are the server’s choice, and none before it is known', () => {
    clientConfig.value = null;
    expect(templatesAt('hold')).toEqual([]);
    clientConfig.value = { asks: { hold: ['T1', 'T2'] } } as unknown as typeof clientConfig.value;
    expect([templatesAt('hold'), templatesAt('agree')]).toEqual([['T1', 'T2'], []]);
    clientConfig.value = null;
  });
});

describe('an accepted application', () => {
  const pending = ticket({ status: 'pending', ahead: null, actions: ['withdraw'], rules: { hold_seconds: 180, misses_kept: 3, everyone_once: false, students_may_start: true } });

  it('stands in line with its place, and may ask for a moment where the fair grants one', () => {
    expect(accepted(pending, 2)).toMatchObject({ status: 'waiting', ahead: 2, actions: ['withdraw', 'hold'] });
    expect(accepted({ ...pending, rules: { ...pending.rules, hold_seconds: 0 } }, 0).actions).toEqual(['withdraw']);
  });
});

/** The browser's socket, with the gateway at its other end. */
class Line {
  static readonly OPEN = 1;
  static last: Line;
  readonly readyState = Line.OPEN;
  onopen = () => {};
  onmessage: (message: { data: string }) => void = () => {};
  constructor() {
    Line.last = this;
  }
  send() {}
  close() {}
  say(message: object) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

/** The tickets' store on an open socket; what it has read until now does not count. */
async function listening(tickets: Ticket[]) {
  const store = useInterviews();
  serve(tickets);
  store.start();
  await startRealtime();
  Line.last.say({ t: 'welcome', ping_seconds: 15 });
  await vi.advanceTimersByTimeAsync(6000);
  const readings = () => asked.filter((one) => one.endsWith('/my-interviews')).length;
  const before = readings();
  const hear = (kind: string, payload: object) => Line.last.say({ t: 'event', kind, payload });
  return { store, hear, read: () => readings() - before };
}

describe('with an open socket', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', Line);
    clientConfig.value = { realtime_url: 'ws://realtime/ws' } as unknown as typeof clientConfig.value;
  });
  afterEach(() => {
    stopRealtime();
    useInterviews().stop();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('an own application costs no reading when its event comes before its answer, and one when it was made elsewhere', async () => {
    const { store, hear, read } = await listening([]);
    const made = (id: number) => hear('interview.changed', { interview_id: id, booth_id: 3, status: 'pending' });
    made(7);
    store.put(ticket({ id: 7, status: 'pending' }));
    await vi.advanceTimersByTimeAsync(4000);
    expect([read(), store.groups.pending.map((one: Ticket) => one.id)]).toEqual([0, [7]]);
    made(8);
    await vi.advanceTimersByTimeAsync(4000);
    expect(read()).toBe(1);
  });

  it('what a booth tells its line is read within seconds, a step at the pace of the place, a stranger’s line never', async () => {
    const { hear, read } = await listening([ticket({ ahead: 5 })]);
    vi.spyOn(Math, 'random').mockReturnValue(0.9); // the last of the crowd
    hear('queue.changed', { booth_id: 3, step: 0, place: null, at: '2026-11-21T02:00:01Z' });
    hear('queue.changed', { booth_id: 4 });
    await vi.advanceTimersByTimeAsync(6000);
    expect(read()).toBe(0);
    hear('queue.changed', { booth_id: 3 });
    await vi.advanceTimersByTimeAsync(8900);
    expect(read()).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(read()).toBe(1);
  });
});

describe('a phone that was opened without network', () => {
  it('opens its socket once the network is there', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', Line);
    Line.last = undefined as unknown as Line;
    await vi.advanceTimersByTimeAsync(0);
    stopRealtime(); // what the login above has begun
    clientConfig.value = null;
    let online = false;
    uni.request = ((request: UniApp.RequestOptions) => {
      if (online && request.url.endsWith('/client-config')) request.success?.({ statusCode: 200, data: { realtime_url: 'ws://realtime/ws' } } as unknown as UniApp.RequestSuccessCallbackResult);
      else request.fail?.({ errMsg: 'request:fail' });
    }) as typeof uni.request;
    void startRealtime(); // its first questions are repeated a while
    await vi.advanceTimersByTimeAsync(30_000);
    expect(Line.last).toBeUndefined();
    online = true;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(Line.last).toBeDefined();
    stopRealtime();
    clientConfig.value = null;
    vi.useRealTimers();
  });
});

describe('news of a line', () => {
  const place = (second: number) => `2026-11-21T01:00:${String(second).padStart(2, '0')}.250000+00:00`;
  const left = (second: number | null, changes: object = {}) => ({ booth_id: 3, step: -1, place: second === null ? null : place(second), at: '2026-11-21T02:00:01Z', ...changes });
  const mine = ticket({ queued_at: place(30), slot_at: null, in_line: 9 });
  const told = (payload: object, mine_ = mine) => {
    const news = lineStep(payload as Record<string, unknown>);
    const now = stepped(mine_, news, Date.parse('2026-11-21T02:00:00Z'));
    return [now.ahead, now.in_line, concerns(news, mine_)];
  };

  it('moves up whoever applied later, and only them', () => {
    expect(told(left(29))).toEqual([4, 8, true]);
    expect(told(left(31))).toEqual([5, 8, false]);
    expect(told(left(29, { step: 1 }))).toEqual([6, 10, true]);
    expect(told(left(29, { booth_id: 4 }))).toEqual([5, 9, false]);
  });

  it('is not counted twice, and not where the line does not go by application', () => {
    expect(told(left(29, { at: '2026-11-21T01:59:59Z' }))).toEqual([5, 9, true]);
    expect(told(left(null))).toEqual([5, 8, true]);
    expect(told(left(29), { ...mine, slot_at: place(50) })).toEqual([5, 8, true]);
    expect(told({ booth_id: 3 })).toEqual([5, 9, true]);
  });

  it('tells a step from what a booth has to say to its line', () => {
    expect([lineStep({ booth_id: 3 }).step, lineStep({ booth_id: 3, step: 0 }).step, lineStep(left(29)).step]).toEqual([null, 0, -1]);
  });
});
