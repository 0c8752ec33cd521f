import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { useHall } from '@/stores/hall';
import { moved } from '@/stores/lists';
import { desk, hall, row, server, ticket } from './fixtures';

const at = (minute: number) => `2026-11-21T09:${String(minute).padStart(2, '0')}:00Z`;
const ids = (rows: { id: number }[]) => rows.map(({ id }) => id);

describe('a ticket that moved', () => {
  const screen = hall({
    pending: [row(1, { status: 'pending', queued_at: at(1) }), row(2, { status: 'pending', queued_at: at(4) })],
    waiting: [row(8, { status: 'in_call', queued_at: at(9) }), row(3, { queued_at: at(2) }), row(4, { queued_at: at(6) })],
    counts: { pending: 2, waiting: 3, invited: 0, done: 0 },
  });

  it('stands where it applied, and the others keep the server’s order', () => {
    const next = moved(screen, row(2, { status: 'waiting', queued_at: at(4) }));
    expect([ids(next.pending), ids(next.waiting)]).toEqual([[1], [2, 8, 3, 4]]);
    expect(next.counts).toEqual({ pending: 1, waiting: 4, invited: 0, done: 0 });
  });

  it('stays in its list as long as it can be taken back, and asks for nothing', () => {
    const dismissed = moved(screen, row(1, { status: 'dismissed', queued_at: at(1) }));
    expect([ids(dismissed.pending), dismissed.counts.pending]).toEqual([[1, 2], 1]);
    expect(moved(dismissed, row(1, { status: 'pending', queued_at: at(1) })).counts.pending).toBe(2);
  });

  it('is the newest of those that are done', () => {
    const next = moved(screen, row(3, { status: 'rejected', queued_at: at(2) }));
    expect([ids(next.done), next.counts.done, next.counts.waiting]).toEqual([[3], 1, 2]);
  });

  it('changes nothing in a hall that does not show it', () => {
    expect(moved(screen, row(77))).toBe(screen);
  });
});

describe('a desk in a call', () => {
  beforeEach(() => setActivePinia(createPinia()));

  it('accepts beside the talk without reading its hall again', async () => {
    const asked = server({
      'POST /booths/12/desk': () => ({ body: { desk_id: 1, label: '1 号席' } }),
      'GET /screens/recruiter/booths/12/hall': () => ({ body: hall({ desk: desk('in_call', 7), waiting: [row(7, { status: 'in_call' })], pending: [row(3, { status: 'pending' })] }) }),
      'GET /screens/recruiter/interviews/7': () => ({ body: { interview: ticket(7, { status: 'in_call' }), resume: { content: {}, completeness: 80 }, contact: { phone: '', email: '' } } }),
      'POST /interviews/3/accept': () => ({ body: ticket(3) }),
    });
    const store = useHall();
    await store.enter(12);
    const before = asked.length;
    await store.act(3, 'accept');
    expect(asked.slice(before).map(({ route }) => route)).toEqual(['POST /interviews/3/accept']);
    expect(store.tabOf(3)).toBe('waiting');
  });
});
