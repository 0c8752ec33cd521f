import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useHallCommands } from '@/composables/hall-commands';
import { useHall } from '@/stores/hall';
import { useUndo } from '@/stores/undo';
import { hall, row, server, ticket } from './fixtures';

const HALL = 'GET /screens/recruiter/booths/12/hall';
const SEAT = 'POST /booths/12/desk';
const seat = () => ({ body: { desk_id: 1, label: '1 号席' } });
const NOW = '2026-11-21T03:00:00Z';
const later = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString();

beforeEach(() => setActivePinia(createPinia()));

describe('what can be taken back', () => {
  it('takes the newest one back, once', async () => {
    const undo = useUndo();
    const [first, second] = [vi.fn(async () => undefined), vi.fn(async () => undefined)];
    undo.offer({ key: 'a', text: '一', until: Date.now() + 1000, take: first });
    undo.offer({ key: 'b', text: '二', until: Date.now() + 1000, take: second });
    const going = undo.take();
    expect(await undo.take()).toBe(false);
    await going;
    expect(second).toHaveBeenCalledTimes(1);
    expect(first).not.toHaveBeenCalled();
    expect(undo.current?.key).toBe('a');
  });

  it('is over when its time is, or when it was changed elsewhere', async () => {
    const undo = useUndo();
    let stands = true;
    undo.offer({ key: 'old', text: '旧', until: Date.now() - 1, take: async () => expect.fail('too late') });
    expect(await undo.take()).toBe(false);
    undo.offer({ key: 'other', text: '新', until: Date.now() + 9000, take: async () => undefined, stands: () => stands });
    undo.tidy();
    expect(undo.current).not.toBeNull();
    stands = false;
    undo.tidy();
    expect(undo.current).toBeNull();
  });

  it('keeps one way back for one kind of slip', () => {
    const undo = useUndo();
    undo.offer({ key: 'line:closed', text: '一', until: Date.now() + 1000, take: async () => undefined });
    undo.offer({ key: 'line:closed', text: '二', until: Date.now() + 1000, take: async () => undefined });
    expect(undo.offers.map(({ text }) => text)).toEqual(['二']);
  });
});

describe('a rejection', () => {
  async function atBooth(undoSeconds: number) {
    let status: 'pending' | 'dismissed' | 'rejected' = 'pending';
    const gone = () => row(3, { status, undo_until: status === 'dismissed' ? later(undoSeconds) : null });
    const screen = () => hall({ server_now: NOW, ...(status === 'rejected' ? { done: [row(3, { status })] } : { pending: [gone(), row(4, { status: 'pending' })] }) });
    const asked = server({
      [SEAT]: seat,
      [HALL]: () => ({ body: screen() }),
      'POST /interviews/3/reject': () => {
        status = undoSeconds ? 'dismissed' : 'rejected';
        return { body: ticket(3, gone()) };
      },
      'POST /interviews/3/take-back': () => {
        status = 'pending';
        return { body: ticket(3, { status }) };
      },
    });
    const store = useHall();
    await store.enter(12);
    return { store, asked };
  }

  it('says its reason code and leaves a minute to take it back', async () => {
    const { store, asked } = await atBooth(60);
    await useHallCommands().reject(3, 'position_filled', '已满');
    expect(asked.find(({ route }) => route.endsWith('/reject'))?.body).toEqual({ reason_code: 'position_filled', reason: '已满' });
    expect(store.find(3)?.status).toBe('dismissed');
    expect(store.undecided).toBe(1);
    const undo = useUndo();
    expect((undo.current?.until ?? 0) - Date.now()).toBeGreaterThan(55_000);
    await undo.take();
    expect(store.find(3)?.status).toBe('pending');
    expect(undo.current).toBeNull();
  });

  it('skips the one on its way out when the selection moves on', async () => {
    const { store } = await atBooth(60);
    const commands = useHallCommands();
    await commands.reject(3, 'other', '');
    expect(commands.neighbour(4)).toBeNull();
    expect(store.undecided).toBe(1);
  });

  it('offers no way back where the fair delivers at once', async () => {
    await atBooth(0);
    await useHallCommands().reject(3, 'other', '');
    expect(useUndo().current).toBeNull();
  });

  it('loses its way back when a colleague has taken it back already', async () => {
    const { store } = await atBooth(60);
    await useHallCommands().reject(3, 'other', '');
    server({ [HALL]: () => ({ body: hall({ pending: [row(3, { status: 'pending' })] }) }) });
    await store.read();
    useUndo().tidy();
    expect(useUndo().current).toBeNull();
  });

  it('shows the server\'s answer even when the next look fails', async () => {
    const { store } = await atBooth(60);
    server({ 'POST /interviews/3/reject': () => ({ body: ticket(3, { status: 'dismissed', undo_until: later(60) }) }) });
    await useHallCommands().reject(3, 'other', '');
    expect(store.find(3)?.status).toBe('dismissed');
    expect(useUndo().current).not.toBeNull();
  });
});

describe('the result', () => {
  const outcome = { verdict: 'pass' as const, remark: '好', secondRound: '下午见经理', rating: { stars: 5, tags: ['prepared'] } };

  it('goes first, then the rating and the next round', async () => {
    const asked = server({
      [SEAT]: seat, [HALL]: () => ({ body: hall({ done: [row(7, { status: 'finished' })] }) }),
      'POST /interviews/7/conclude': () => ({ body: ticket(7, { status: 'finished' }) }),
      'POST /interviews/7/ratings': () => ({ status: 200, body: undefined }),
      'POST /interviews/7/second-round': () => ({ body: ticket(9, { status: 'invited', round: 2 }) }),
    });
    const store = useHall();
    await store.enter(12);
    expect(await useHallCommands().conclude(7, outcome)).toBe(true);
    const posts = asked.filter(({ route }) => route.startsWith('POST /interviews'));
    expect(posts.map(({ route }) => route.split('/').pop())).toEqual(['conclude', 'ratings', 'second-round']);
    expect(posts[1].body).toEqual({ stars: 5, tags: ['prepared'], comment: '' });
    expect(posts[2].body).toEqual({ message: '下午见经理' });
  });

  it('stands although the invitation after it fails', async () => {
    server({
      [SEAT]: seat, [HALL]: () => ({ body: hall({ done: [row(7, { status: 'finished' })] }) }),
      'POST /interviews/7/conclude': () => ({ body: ticket(7, { status: 'finished' }) }),
      'POST /interviews/7/second-round': () => ({ status: 409, body: { type: '/problems/already-in-line', title: '已在队列中', status: 409 } }),
    });
    await useHall().enter(12);
    expect(await useHallCommands().conclude(7, { ...outcome, rating: null })).toBe(true);
  });
});

describe('a transfer', () => {
  it('names the desk, or none', async () => {
    const asked = server({
      [SEAT]: seat, [HALL]: () => ({ body: hall({ waiting: [row(5)] }) }),
      'POST /interviews/5/transfer': () => ({ body: ticket(5, { only_desk: { id: 2, label: '2 号席' } }) }),
    });
    await useHall().enter(12);
    const commands = useHallCommands();
    expect(await commands.transfer(5, 2, '2 号席')).toBe(true);
    expect(await commands.transfer(5, null, '')).toBe(true);
    expect(asked.filter(({ route }) => route.endsWith('/transfer')).map(({ body }) => body)).toEqual([{ desk_id: 2 }, { desk_id: null }]);
  });
});
