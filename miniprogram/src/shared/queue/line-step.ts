/** News of a line says who entered or left it, so that a page counts by itself and reads again without haste. */
import type { Ticket } from '../api/types';

export interface LineStep {
  booth: number;
  /** 1: somebody entered the line, -1: left it, 0: it goes in another order; null: its booth told it something, or its rules changed. */
  step: number | null;
  /** When that one applied, where the line goes by application: who applied earlier is not concerned. */
  place: number | null;
  /** When it happened: what was read later knows it already. */
  at: number;
}

export function lineStep(payload: Record<string, unknown>): LineStep {
  const time = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : NaN);
  const place = time(payload.place);
  return { booth: Number(payload.booth_id), step: typeof payload.step === 'number' ? payload.step : null, place: Number.isNaN(place) ? null : place, at: time(payload.at) || 0 };
}

const standsIn = (ticket: Ticket, { booth }: LineStep): boolean => ticket.booth.id === booth && (ticket.status === 'waiting' || ticket.status === 'held');
const isBefore = ({ place }: LineStep, ticket: Ticket): boolean => place !== null && !!ticket.queued_at && place < Date.parse(ticket.queued_at);

/** Whether a ticket's place may be another one now. */
export const concerns = (news: LineStep, ticket: Ticket): boolean =>
  standsIn(ticket, news) && (news.place === null || ticket.slot_at !== null || isBefore(news, ticket));

/** The ticket as the news leaves it; *readAt*: when it was read. One with a slot of its own is not counted by application. */
export function stepped(ticket: Ticket, news: LineStep, readAt: number): Ticket {
  if (!news.step || !standsIn(ticket, news) || news.at <= readAt) return ticket;
  const counts = ticket.ahead !== null && ticket.slot_at === null && isBefore(news, ticket);
  return { ...ticket, ahead: counts ? Math.max(0, (ticket.ahead ?? 0) + news.step) : ticket.ahead, in_line: Math.max(1, ticket.in_line + news.step) };
}
