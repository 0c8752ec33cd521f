import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { MyInterviews, StudentVerb, Ticket, TicketStatus } from '@/shared/api';
import { concerns, lineStep, stepped } from '@/shared/queue/line-step';
import { accepted, byUrgency, isForEverybody, isOnItsWay, isPressing, isReady, mayCallSoon } from '@/shared/queue/ticket';
import { linePace, noticePace, Refresher, SLOW_SECONDS } from '@/shared/realtime/refresher';
import type { RealtimeEvent } from '@/shared/realtime/socket';
import { api } from '@/app/api';
import { connected, onRealtime, serverClock } from '@/app/realtime';
import { tapShoulder } from '@/app/ringer';
import { useSession } from './session';

export type Group = 'invited' | 'waiting' | 'pending' | 'results';

/** What reaches a whole fair in one moment (it ended, it was extended) is read within so long, not by all at once. */
const EVERYBODY_MS = 60_000;
/** Within so long an application is answered, which shows it without a reading; its event is often faster. */
const ANSWER_MS = 3000;
const GROUP_OF: Partial<Record<TicketStatus, Group>> = {
  invited: 'invited', waiting: 'waiting', held: 'waiting', pending: 'pending', concluding: 'results',
  finished: 'results', rejected: 'results', declined: 'results', lapsed: 'results', withdrawn: 'results',
};

/** Whoever is next may call when a desk becomes free, of which no event tells: read again within so long. */
const NEXT_SECONDS = 60;
const RING_MS = 30_000;
const STALE_MS = 1000;
const HINTS = ['interview.changed', 'interview.ringing', 'queue.changed', 'queue.ready', 'fair.changed'];

/** The student's tickets, kept fresh for the whole application: the ring may come on any page. */
export const useInterviews = defineStore('interviews', () => {
  const screen = ref<MyInterviews | null>(null);
  const failure = ref<unknown>(null);
  /** A ring the student put aside must not jump back with the next refresh. */
  const passedRings = ref<number[]>([]);
  const page = ref('');
  let stopListening: (() => void) | null = null;
  /** Whose turn was near at the last read; null before the first, which must not startle. */
  let readied: number[] | null = null;
  let ringSeen = '';
  /** The ticket whose call was started on this device; another device of the student must not walk into the room. */
  let startedHere: { id: number; at: number } | null = null;
  /** What became of that call, until a page has said so. */
  const settled = ref<{ id: number; answered: boolean } | null>(null);

  const refresher = new Refresher({
    read: load,
    connected: () => connected.value,
    pollSeconds: () => screen.value?.poll_seconds ?? 10,
    renewPresence: () => api.presence(page.value),
    slowSeconds: () => (tickets.value.some(mayCallSoon) ? NEXT_SECONDS : SLOW_SECONDS),
    presses: () => tickets.value.some(isPressing),
  });

  async function load(): Promise<void> {
    if (!useSession().isIn) return;
    try {
      const next = await api.myInterviews();
      serverClock.learn(next.server_now);
      screen.value = next;
      failure.value = null;
      noticeReady();
      noticeAnswer();
    } catch (error) {
      failure.value = error;
    }
  }

  const tickets = computed<Ticket[]>(() => screen.value?.tickets ?? []);
  const active = computed<Ticket | null>(() => screen.value?.active ?? null);
  const ringing = computed<Ticket | null>(() => {
    const ticket = active.value;
    return ticket?.status === 'ringing' && ticket.called_by !== 'student' && !passedRings.value.includes(ticket.id) ? ticket : null;
  });
  /** The student calls, and the recruiter's desk rings. */
  const calling = computed<Ticket | null>(() => (active.value?.status === 'ringing' && active.value.called_by === 'student' ? active.value : null));
  const groups = computed<Record<Group, Ticket[]>>(() => {
    const found: Record<Group, Ticket[]> = { invited: [], waiting: [], pending: [], results: [] };
    for (const ticket of tickets.value) {
      const group = GROUP_OF[ticket.status];
      if (group) found[group].push(ticket);
    }
    found.waiting.sort(byUrgency);
    return found;
  });
  /** What waits for the student: an invitation to answer, a ring, a place kept. */
  const badge = computed(
    () => groups.value.invited.length + tickets.value.filter((ticket) => ['ringing', 'in_call', 'held'].includes(ticket.status)).length,
  );
  /** The ticket whose turn is near: few stand before, and somebody calls. */
  const nearest = computed<Ticket | null>(() => tickets.value.filter(isReady).sort((a, b) => (a.ahead ?? 0) - (b.ahead ?? 0))[0] ?? null);
  const topics = computed(() => [...new Set(tickets.value.filter((t) => ['waiting', 'held'].includes(t.status)).map((t) => `booth:${t.booth.id}`))]);

  function noticeReady(): void {
    if (active.value) return;
    const near = tickets.value.filter(isReady).map((ticket) => ticket.id);
    if (readied && near.some((id) => !readied?.includes(id))) tapShoulder();
    readied = near;
  }

  /** The call that was started here is over: the recruiter answered, or the place is kept. */
  function noticeAnswer(): void {
    const mine = startedHere;
    if (!mine || calling.value?.id === mine.id) return;
    const answered = active.value?.id === mine.id;
    // a reading that was on its way when the call began knows nothing of it yet
    if (!answered && Date.parse(screen.value?.server_now ?? '') < mine.at + STALE_MS) return refresher.soon(STALE_MS);
    settled.value = { id: mine.id, answered };
    startedHere = null;
  }

  /** Tells the server once per ring that it was shown here. */
  async function seeRing(ticket: Ticket): Promise<void> {
    const ring = `${ticket.id}:${ticket.ring_expires_at}`;
    if (ring === ringSeen) return;
    ringSeen = ring;
    // a hint for the ladder of messages only: the ring itself goes on without it
    await api.ringSeen(ticket.id).catch(() => undefined);
  }

  /** How soon news is read: what is mine at once, a line's at the pace of my place in it; null where the news says it all. */
  function paceOf({ kind, payload }: RealtimeEvent): number | null | undefined {
    if (isForEverybody(kind, payload.status)) return Math.random() * EVERYBODY_MS;
    if (kind === 'queue.changed') return countStep(payload);
    const known = tickets.value.find((ticket) => ticket.id === payload.interview_id);
    if (kind === 'interview.changed' && !known && payload.status === 'pending') return awaitAnswer(payload.interview_id);
    if (kind !== 'interview.changed' || !known || !isOnItsWay(known.status, payload.status)) return undefined;
    if (payload.status === 'pending') return null;
    const ahead = typeof payload.ahead === 'number' ? payload.ahead : null;
    put(accepted(known, ahead));
    return linePace([ahead ?? 0]);
  }

  /** One that was made on another device is read after all. */
  function awaitAnswer(id: unknown): null {
    setTimeout(() => tickets.value.some((ticket) => ticket.id === id) || refresher.soon(), ANSWER_MS);
    return null;
  }

  function countStep(payload: Record<string, unknown>): number | null {
    const now = screen.value;
    if (!now) return null;
    const news = lineStep(payload);
    screen.value = { ...now, tickets: now.tickets.map((ticket) => stepped(ticket, news, Date.parse(now.server_now))) };
    const concerned = tickets.value.filter((ticket) => concerns(news, ticket));
    if (!concerned.length) return null;
    return news.step === null ? noticePace() : linePace(concerned.map((ticket) => ticket.ahead));
  }

  function hear(event: RealtimeEvent): void {
    if (!HINTS.includes(event.kind)) return;
    const pace = paceOf(event);
    if (pace !== null) refresher.soon(pace);
  }

  function start(): void {
    stopListening ??= onRealtime(hear, (seconds) => refresher.catchUp(seconds));
    void refresher.start();
  }

  function stop(): void {
    refresher.stop();
    stopListening?.();
    stopListening = null;
  }

  async function act(ticket: Ticket, verb: StudentVerb): Promise<Ticket> {
    if (verb === 'pass-ring') passedRings.value = [...passedRings.value, ticket.id];
    try {
      const next = await api.actOnTicket(ticket.id, verb);
      put(next);
      if (verb === 'start') startedHere = { id: ticket.id, at: Date.parse(next.ring_expires_at ?? '') - RING_MS };
      if (verb === 'cancel-start') startedHere = null;
      return next;
    } finally {
      passedRings.value = passedRings.value.filter((id) => id !== ticket.id);
      await refresher.now();
    }
  }

  /** Shows a ticket as a command or an event has just told it; a new one stands first. */
  function put(next: Ticket): void {
    if (!screen.value) return;
    const known = screen.value.tickets.some((ticket) => ticket.id === next.id);
    const rest = known ? screen.value.tickets.map((ticket) => (ticket.id === next.id ? next : ticket)) : [next, ...screen.value.tickets];
    const stillActive = ['ringing', 'in_call'].includes(next.status);
    const now = screen.value.active;
    screen.value = { ...screen.value, tickets: rest, active: stillActive ? next : now?.id === next.id ? null : now };
  }

  return { screen, failure, page, tickets, active, ringing, calling, settled, groups, badge, nearest, topics, start, stop, load: () => refresher.now(), act, put, seeRing };
});
