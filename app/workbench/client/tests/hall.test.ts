import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { CommandUnderWay, useHall } from '@/stores/hall';
import { desk, hall, row, server, ticket } from './fixtures';

const HALL = 'GET /screens/recruiter/booths/12/hall';
const SEAT = 'POST /booths/12/desk';
const seat = () => ({ body: { desk_id: 1, label: '1 号席' } });

beforeEach(() => setActivePinia(createPinia()));

describe('the hall', () => {
  it('sits down before it reads, and finds a running call again', async () => {
    const asked = server({
      [SEAT]: seat,
      [HALL]: () => ({ body: hall({ desk: desk('in_call', 7), waiting: [row(7, { status: 'in_call' })] }) }),
      'GET /screens/recruiter/interviews/7': () => ({ body: { interview: ticket(7, { status: 'in_call', notes: '条理清楚' }), resume: { content: {}, completeness: 80 }, contact: { phone: '', email: '' } } }),
    });
    const store = useHall();
    await store.enter(12);
    expect(asked.map(({ route }) => route)).toEqual([SEAT, HALL, 'GET /screens/recruiter/interviews/7']);
    expect(store.deskState).toBe('in_call');
    expect(store.live?.interview.notes).toBe('条理清楚');
  });

  it('moves a row only when the server has moved it', async () => {
    let accepted = false;
    server({
      [SEAT]: seat,
      [HALL]: () => ({ body: accepted ? hall({ waiting: [row(3)] }) : hall({ pending: [row(3, { status: 'pending' })] }) }),
      'POST /interviews/3/accept': () => {
        accepted = true;
        return { body: ticket(3) };
      },
    });
    const store = useHall();
    await store.enter(12);
    const accepting = store.act(3, 'accept');
    expect(store.tabOf(3)).toBe('pending');
    expect(store.acting.get(3)).toBe('accept');
    await accepting;
    expect(store.tabOf(3)).toBe('waiting');
    expect(store.acting.size).toBe(0);
  });

  it.each([
    { when: 'has nobody to ring', next_id: null, read: 2 },
    { when: 'may ring somebody already', next_id: 5, read: 1 },
  ])('reads anew after an acceptance when the desk $when: $read readings', async ({ next_id, read }) => {
    const asked = server({
      [SEAT]: seat,
      [HALL]: () => ({ body: hall({ pending: [row(3, { status: 'pending' })], waiting: [row(5)], next_id }) }),
      'POST /interviews/3/accept': () => ({ body: ticket(3) }),
    });
    const store = useHall();
    await store.enter(12);
    await store.act(3, 'accept');
    expect(asked.filter(({ route }) => route === HALL)).toHaveLength(read);
  });

  it('shows the true state after a lost race', async () => {
    let gone = false;
    server({
      [SEAT]: seat,
      [HALL]: () => ({ body: gone ? hall() : hall({ pending: [row(3, { status: 'pending' })] }) }),
      'POST /interviews/3/accept': () => {
        gone = true;
        return { status: 409, body: { type: '/problems/invalid-transition', title: '当前状态不允许此操作', status: 409 } };
      },
    });
    const store = useHall();
    await store.enter(12);
    await expect(store.act(3, 'accept')).rejects.toMatchObject({ code: 'invalid-transition' });
    expect(store.tabOf(3)).toBeNull();
  });

  it('takes an answer without a ticket, as hanging up gives it', async () => {
    server({ [SEAT]: seat, [HALL]: () => ({ body: hall({ desk: desk('concluding', 7), waiting: [row(7, { status: 'concluding' })] }) }), 'POST /interviews/7/hang-up': () => ({ body: undefined }) });
    const store = useHall();
    await store.enter(12);
    await store.act(7, 'hang-up');
    expect(store.deskState).toBe('concluding');
  });

  it('sends a command once however often the key is pressed', async () => {
    const asked = server({
      [SEAT]: seat,
      [HALL]: () => ({ body: hall({ waiting: [row(5)], next_id: 5 }) }),
      'POST /booths/12/ring-next': () => ({ body: ticket(5, { status: 'ringing' }) }),
    });
    const store = useHall();
    await store.enter(12);
    expect(store.mayCall).toBe(true);
    const first = store.ringNext();
    expect(store.mayCall).toBe(false);
    await expect(store.ringNext()).rejects.toBeInstanceOf(CommandUnderWay);
    await first;
    expect(asked.filter(({ route }) => route.endsWith('ring-next'))).toHaveLength(1);
  });

  it('is answered or told "not now" by the desk that a student calls', async () => {
    let screen = hall({ desk: desk('ringing', 5), waiting: [row(5, { status: 'ringing', called_by: 'student' })] });
    const asked = server({
      [SEAT]: seat,
      [HALL]: () => ({ body: screen }),
      'GET /screens/recruiter/interviews/5': () => ({ body: { interview: ticket(5, { status: 'ringing', called_by: 'student' }), resume: { content: {}, completeness: 0 }, contact: {} } }),
      'POST /interviews/5/take-call': () => ({ body: ticket(5, { status: 'in_call', called_by: 'student' }) }),
    });
    const store = useHall();
    await store.enter(12);
    expect([store.studentCalls, store.mayCall]).toEqual([true, false]);
    screen = hall({ desk: desk('in_call', 5), waiting: [row(5, { status: 'in_call', called_by: 'student' })] });
    await store.act(5, 'take-call');
    expect([store.studentCalls, store.deskState]).toEqual([false, 'in_call']);
    expect(asked.map(({ route }) => route)).toContain('POST /interviews/5/take-call');
  });

  it('rings off nobody’s call but its own', async () => {
    server({ [SEAT]: seat, [HALL]: () => ({ body: hall({ desk: desk('ringing', 5), waiting: [row(5, { status: 'ringing' })] }) }) });
    const store = useHall();
    await store.enter(12);
    expect(store.studentCalls).toBe(false);
  });

  it('may not call while a result is owed, nor outside the hours', async () => {
    let screen = hall({ desk: desk('concluding', 4), next_id: 5, waiting: [row(5)] });
    server({ [SEAT]: seat, [HALL]: () => ({ body: screen }) });
    const store = useHall();
    await store.enter(12);
    expect(store.mayCall).toBe(false);
    screen = hall({ fair: { ...hall().fair, phase: 'paused' }, next_id: 5, waiting: [row(5)] });
    await store.read();
    expect(store.mayCall).toBe(false);
  });

  it('keeps the last screen and says so when the server cannot be reached', async () => {
    server({ [SEAT]: seat, [HALL]: () => ({ body: hall({ waiting: [row(5)] }) }) });
    const store = useHall();
    await store.enter(12);
    server({ [HALL]: () => ({ status: 404, body: { type: '/problems/booth-not-yours', title: '不是您的展位', status: 404 } }) });
    await expect(store.read()).rejects.toThrow();
    expect(store.screen?.waiting).toHaveLength(1);
    expect(store.failure).not.toBeNull();
  });

  it('counts down by the server clock, not by this machine', async () => {
    const ahead = new Date(Date.now() + 3_600_000);
    server({ [SEAT]: seat, [HALL]: () => ({ body: hall({ server_now: ahead.toISOString() }) }) });
    const store = useHall();
    await store.enter(12);
    const left = store.clock.secondsUntil(new Date(ahead.getTime() + 20_000).toISOString());
    expect(left).toBeGreaterThanOrEqual(19);
    expect(left).toBeLessThanOrEqual(20);
  });
});
