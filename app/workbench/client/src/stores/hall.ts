import { defineStore } from 'pinia';
import { computed, ref, shallowReactive, shallowRef } from 'vue';
import type { BoothLine, RecruiterHall, RecruiterInterview, RecruiterTicket, Row, Verdict } from '@shared/api';
import { ServerClock } from '@shared/server-clock';
import { api, isProblem } from '@/api';
import { changesBetween, type HallChange } from './changes';
import { moved, TABS, type Tab } from './lists';

export type Verb = 'accept' | 'reject' | 'take-back' | 'ring' | 'cancel-ring' | 'take-call' | 'turn-down' | 'hang-up' | 'nudge' | 'conclude' | 'transfer' | 'second-round';

/** What changes one row and nothing else. */
const ANSWERED = new Set<Verb>(['accept', 'reject', 'take-back', 'nudge']);

/** One booth's interview hall: the server's screen, and what this recruiter is doing to it. */
export const useHall = defineStore('hall', () => {
  const boothId = ref<number | null>(null);
  const screen = shallowRef<RecruiterHall | null>(null);
  const failure = shallowRef<unknown>(null);
  const readAt = ref(0);
  /** Whether every row is read, not only the heads of the lists: to filter, to print, on request. */
  const whole = ref(false);
  /** Interview → the verb under way: its row is dimmed until the server has answered. */
  const acting = shallowReactive(new Map<number, Verb>());
  const calling = ref(false);
  const details = shallowReactive(new Map<number, RecruiterInterview>());
  const clock = new ServerClock();
  const watchers = new Set<(change: HallChange) => void>();
  let generation = 0;

  const desk = computed(() => screen.value?.desk ?? null);
  const deskState = computed(() => desk.value?.state ?? 'idle');
  const liveId = computed(() => desk.value?.interview_id ?? null);
  const live = computed(() => (liveId.value === null ? null : (details.get(liveId.value) ?? null)));
  const rows = computed(() => TABS.flatMap((tab) => screen.value?.[tab] ?? []));
  const next = computed(() => find(screen.value?.next_id ?? null));
  /** Decided ones that can still be taken back stand in the list, but ask for nothing. */
  const undecided = computed(() => screen.value?.counts.pending ?? 0);
  /** It is a student who calls this desk: answered here, never rung off. */
  const studentCalls = computed(() => deskState.value === 'ringing' && find(liveId.value)?.called_by === 'student');
  const mayCall = computed(() => screen.value?.fair.phase === 'live' && deskState.value === 'idle' && !calling.value);

  function find(id: number | null): Row | null {
    return id === null ? null : (rows.value.find((row) => row.id === id) ?? details.get(id)?.interview ?? null);
  }

  function tabOf(id: number): Tab | null {
    return TABS.find((tab) => screen.value?.[tab].some((row) => row.id === id)) ?? null;
  }

  /** Sits down at a booth. A reload during a call finds the call again, because the desk is the server's. */
  async function enter(id: number): Promise<void> {
    if (boothId.value !== id) leave();
    boothId.value = id;
    const mine = generation;
    try {
      await api.takeDesk(id);
      if (mine === generation) await read();
    } catch (error) {
      if (mine === generation) failure.value = error;
      throw error;
    }
  }

  function leave(): void {
    generation += 1;
    boothId.value = null;
    screen.value = null;
    whole.value = false;
    failure.value = null;
    details.clear();
    acting.clear();
  }

  async function read(): Promise<void> {
    const id = boothId.value;
    const mine = generation;
    if (id === null) return;
    try {
      const fresh = await api.recruiterHall(id, whole.value);
      if (mine !== generation) return;
      adopt(fresh);
    } catch (error) {
      if (mine === generation) failure.value = error;
      throw error;
    }
    // the list stands even when the one candidate could not be read: the next look tries again
    if (liveId.value !== null && isOutdated(liveId.value)) await open(liveId.value).catch(() => undefined);
  }

  /** Reads all rows from now on. */
  async function showAll(): Promise<void> {
    if (whole.value) return;
    whole.value = true;
    await read().catch(() => undefined); // the page says what failed
  }

  function adopt(fresh: RecruiterHall): void {
    const before = screen.value;
    clock.learn(fresh.server_now);
    screen.value = fresh;
    failure.value = null;
    readAt.value = Date.now();
    for (const change of changesBetween(before, fresh)) watchers.forEach((tell) => tell(change));
  }

  /** Every reading of a résumé is written down at the server, so it is read again only when the ticket moved. */
  function isOutdated(id: number): boolean {
    const row = rows.value.find((one) => one.id === id);
    return details.get(id)?.interview.status !== (row?.status ?? deskState.value);
  }

  /** Reads one candidate's résumé and notes; what was read before stays on show meanwhile. */
  async function open(id: number): Promise<RecruiterInterview> {
    const mine = generation;
    const fresh = await api.recruiterInterview(id);
    if (mine === generation) details.set(id, fresh);
    return fresh;
  }

  /** Shows a ticket as a command has answered it, in the list it belongs to now. Hanging up is answered without one. */
  function take(ticket: RecruiterTicket | undefined): void {
    if (!ticket) return;
    const known = details.get(ticket.id);
    if (known) details.set(ticket.id, { ...known, interview: ticket });
    if (screen.value) screen.value = moved(screen.value, ticket);
  }

  /** Whether the answer shows enough of what a command did; a desk with nobody to ring looks for whom it may ring now. */
  function suffices(verb: Verb): boolean {
    return ANSWERED.has(verb) && (deskState.value !== 'idle' || next.value !== null);
  }

  /** Runs one command and then shows the server's state. */
  async function command(id: number, verb: Verb, send: () => Promise<RecruiterTicket | undefined>): Promise<void> {
    if (acting.has(id)) throw new CommandUnderWay();
    acting.set(id, verb);
    try {
      const ticket = await send();
      take(ticket);
      if (ticket && suffices(verb)) return; // its event is read soon
      await read().catch(() => undefined); // the command stands; a lost refresh is the poll's to mend
    } catch (error) {
      if (isProblem(error)) await read().catch(() => undefined);
      throw error;
    } finally {
      acting.delete(id);
    }
  }

  const act = (id: number, verb: 'accept' | 'cancel-ring' | 'take-call' | 'turn-down' | 'hang-up' | 'nudge' | 'take-back') =>
    command(id, verb, () => api.actOnInterview(id, verb));
  const reject = (id: number, code: string, reason: string) =>
    command(id, 'reject', () => api.rejectInterview(id, { reason_code: code, reason }));
  const transfer = (id: number, deskId: number | null) => command(id, 'transfer', () => api.transferInterview(id, deskId));
  const inviteAgain = (id: number, message: string) =>
    command(id, 'second-round', async () => void (await api.inviteToSecondRound(id, message))); // the answer is the new ticket
  const conclude = (id: number, verdict: Verdict, remark: string) =>
    command(id, 'conclude', () => api.concludeInterview(id, { verdict, remark }));

  async function callWith(send: () => Promise<RecruiterTicket>): Promise<RecruiterTicket> {
    if (calling.value) throw new CommandUnderWay();
    calling.value = true;
    try {
      const ticket = await send();
      await read().catch(() => undefined);
      return ticket;
    } catch (error) {
      await read().catch(() => undefined);
      throw error;
    } finally {
      calling.value = false;
    }
  }

  const ringNext = () => callWith(() => api.ringNext(boothId.value as number));
  const ring = (id: number) => callWith(() => api.actOnInterview(id, 'ring'));

  /** Shows the line's rules as the server has just answered them. */
  function takeLine(line: BoothLine): void {
    if (screen.value) screen.value = { ...screen.value, line };
  }

  function onChange(tell: (change: HallChange) => void): () => void {
    watchers.add(tell);
    return () => watchers.delete(tell);
  }

  return {
    boothId, screen, whole, failure, readAt, acting, calling, details, clock, desk, deskState, liveId, live, rows, next, undecided, studentCalls, mayCall,
    find, tabOf, enter, leave, read, showAll, open, isOutdated, take, takeLine, act, reject, transfer, inviteAgain, conclude, ringNext, ring, onChange,
  };
});

/** A second key press while the first is under way: nothing to tell anybody. */
export class CommandUnderWay extends Error {}
