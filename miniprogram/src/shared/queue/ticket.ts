import type { LineNews, Ticket, TicketStatus } from '../api/types';
import { clockTime } from '../format';
import type { Words } from './wait';

/** The third in line is told to get ready (two stand before). */
export const READY_AHEAD = 2;

/** What a ticket's card shows above everything else. */
export type Scene = 'called_soon' | 'next' | 'slot' | 'in_line' | 'on_hold' | 'missed' | 'other';

export function sceneOf(ticket: Ticket): Scene {
  if (ticket.status === 'held') return ticket.held_until ? 'on_hold' : 'missed';
  if (ticket.status !== 'waiting') return 'other';
  if (ticket.ahead === 0) return 'next';
  if (isReady(ticket)) return 'called_soon';
  return ticket.slot_at ? 'slot' : 'in_line';
}

/** Few stand before, or those who do are away or in other calls: time to look at camera and light. */
export const isReady = (ticket: Ticket): boolean =>
  ticket.status === 'waiting' && (ticket.ready || (ticket.ahead !== null && ticket.ahead <= READY_AHEAD)) && ticket.desks_online > 0;

/**
 * What a page reads before the crowd, and often while its line is cut: a ring, a call, a turn that is near. Whether a desk
 * was there at the last reading does not matter: one may sit down and ring at once.
 */
export const isPressing = (ticket: Ticket): boolean =>
  ticket.status === 'ringing' || ticket.status === 'in_call' || (ticket.status === 'waiting' && (ticket.ready || (ticket.ahead !== null && ticket.ahead <= READY_AHEAD)));

/** Next in line where students may call themselves: only a desk that is free is still wanting. */
export const mayCallSoon = (ticket: Ticket): boolean => ticket.status === 'waiting' && ticket.ahead === 0 && ticket.desks_online > 0 && ticket.rules.students_may_start;

/** What wants the student first stands first: come back, get ready, then the shorter wait. */
const RANKS: Record<Scene, number> = { missed: 0, next: 1, called_soon: 2, on_hold: 3, slot: 4, in_line: 4, other: 5 };

export const byUrgency = (a: Ticket, b: Ticket): number =>
  RANKS[sceneOf(a)] - RANKS[sceneOf(b)] || (a.promise?.low_at ?? '').localeCompare(b.promise?.low_at ?? '') || (a.ahead ?? 0) - (b.ahead ?? 0);

/** What the page after a talk shows: the result, that none will come (staff ended the talk without one), another end, or the wait for it. */
export type Outcome = 'result' | 'none' | 'over' | 'waiting';

const OVER: TicketStatus[] = ['rejected', 'lapsed', 'declined', 'withdrawn'];

export function outcomeOf({ result, status }: Pick<Ticket, 'result' | 'status'>): Outcome {
  if (result) return 'result';
  if (status === 'finished') return 'none';
  return OVER.includes(status) ? 'over' : 'waiting';
}

export const secondsLeft = (until: string | null, now: number): number => (until ? Math.max(0, Math.ceil((Date.parse(until) - now) / 1000)) : 0);

export interface Banner extends Words {
  tone: 'warn' | 'note' | 'bad';
  icon: string;
}

/** What a booth has to say to its line, the gravest first. */
export function banners(line: LineNews, now: number): Banner[] {
  const found: Banner[] = [];
  if (line.paused) found.push({ key: 'paused', params: {}, tone: 'bad', icon: 'hand' });
  if (line.closed) found.push({ key: 'closed', params: {}, tone: 'warn', icon: 'hand' });
  if (line.late_until && Date.parse(line.late_until) > now) found.push({ key: 'late', params: { time: clockTime(line.late_until) }, tone: 'warn', icon: 'clock' });
  if (line.notice) found.push({ key: 'notice', params: { text: line.notice, time: line.notice_at ? clockTime(line.notice_at) : '' }, tone: 'note', icon: 'note' });
  return found;
}

/** An application that was made or accepted: its event alone says where it stands. */
export const isOnItsWay = (known: TicketStatus, told: unknown): boolean => known === 'pending' && (told === 'pending' || told === 'waiting');

/** An application as its acceptance leaves it: in line, with what can be done there. */
export const accepted = (ticket: Ticket, ahead: number | null): Ticket => ({
  ...ticket, status: 'waiting', ahead, actions: ticket.rules.hold_seconds > 0 ? [...new Set([...ticket.actions, 'hold'])] : ticket.actions,
});

/** News of the fair itself, or of a ticket that ended with it: thousands hear of it in the same second. */
export const isForEverybody = (kind: string, status: unknown): boolean => kind === 'fair.changed' || status === 'lapsed';
