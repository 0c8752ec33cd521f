import type { Span } from '@shared/api';
import { shanghai } from '@shared/format';

/** One window as it is edited: a day and two times of that day, in China's time. */
export interface Draft {
  day: string; // 2026-11-21
  from: string; // 09:00
  to: string;
}
export type SpanFault = 'windowOrder' | 'windowOverlap' | 'windowOutside';

const two = (n: number) => String(n).padStart(2, '0');

/** The calendar day in China of a moment. */
export function dayOf(iso: string): string {
  const { year, month, day } = shanghai(iso);
  return `${year}-${two(month)}-${two(day)}`;
}

export function draftOf({ opens_at: opens, closes_at: closes }: Span): Draft {
  const [start, end] = [shanghai(opens), shanghai(closes)];
  return { day: dayOf(opens), from: `${start.hour}:${start.minute}`, to: `${end.hour}:${end.minute}` };
}

const moment = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`).toISOString();
export const spanOf = ({ day, from, to }: Draft): Span => ({ opens_at: moment(day, from), closes_at: moment(day, to) });

/** The days of a fair, at most two weeks of them. */
export function daysOf(startsAt: string, endsAt: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(startsAt); at < Date.parse(endsAt) && days.length < 14; at += 86_400_000) days.push(dayOf(new Date(at).toISOString()));
  const last = dayOf(new Date(Date.parse(endsAt) - 1).toISOString());
  return days.includes(last) ? days : [...days, last];
}

/** What is wrong with each draft; an empty map: they can be saved. */
export function faultsOf(drafts: Draft[], startsAt: string, endsAt: string): Map<number, SpanFault> {
  const faults = new Map<number, SpanFault>();
  drafts.forEach((draft, at) => {
    if (!draft.from || !draft.to || draft.from >= draft.to) return void faults.set(at, 'windowOrder');
    const { opens_at: opens, closes_at: closes } = spanOf(draft);
    if (Date.parse(opens) < Date.parse(startsAt) || Date.parse(closes) > Date.parse(endsAt)) return void faults.set(at, 'windowOutside');
    const overlaps = drafts.slice(0, at).some((other) => other.day === draft.day && other.from < draft.to && draft.from < other.to);
    if (overlaps) faults.set(at, 'windowOverlap');
  });
  return faults;
}

/** A new window behind the last one, an hour long where the fair leaves room. */
export function nextDraft(drafts: Draft[], startsAt: string, endsAt: string, now: number): Draft {
  const after = Math.max(Date.parse(startsAt), ...drafts.map((one) => (one.to ? Date.parse(spanOf(one).closes_at) : 0)), drafts.length ? 0 : Math.min(now, Date.parse(endsAt) - 3_600_000));
  const from = Math.min(Math.ceil(after / 900_000) * 900_000, Math.max(Date.parse(startsAt), Date.parse(endsAt) - 1_800_000));
  const midnight = Date.parse(moment(dayOf(new Date(from).toISOString()), '23:59'));
  const to = Math.min(from + 3_600_000, Date.parse(endsAt), midnight);
  return draftOf({ opens_at: new Date(from).toISOString(), closes_at: new Date(to).toISOString() });
}
