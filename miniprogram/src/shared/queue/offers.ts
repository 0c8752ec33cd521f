import { isProblem } from '../api/problem';
import type { Offer, Refusal, SimilarOffer, SlotOffer, Span } from '../api/types';

/** The offers that come with "you would probably not be seen"; null for any other failure. */
export function refusalOf(error: unknown): Refusal | null {
  if (!isProblem(error, 'unlikely-to-be-seen')) return null;
  const take = <T>(name: string, otherwise: T): T => error.extension<T>(name) ?? otherwise;
  return {
    seen_chance: take('seen_chance', 0), low_at: take('low_at', ''), high_at: take('high_at', ''), closes_at: take('closes_at', ''),
    offers: take<Offer[]>('offers', []),
  };
}

const SHUT = ['line-closed', 'line-paused', 'quota-reached', 'booth-closed', 'rejected-here'];

/** Whether a refusal is this booth's alone: others of the fair may still be had. */
export const leadsOn = (code: string | null | undefined): boolean => !!code && SHUT.includes(code);

export const slotsOf = (offers: Offer[]): string[] =>
  offers.filter((offer): offer is SlotOffer => offer.kind === 'slot').map((offer) => offer.slot_at);

export const similarOf = (offers: Offer[]): SimilarOffer[] => offers.filter((offer): offer is SimilarOffer => offer.kind === 'similar');

/** How full a booth's day is: null without a quota. */
export function quotaOf(line: { quota: number | null; taken: number }): { quota: number; taken: number; percent: number; full: boolean } | null {
  if (line.quota === null) return null;
  const percent = line.quota > 0 ? Math.min(100, Math.round((line.taken / line.quota) * 100)) : 100;
  return { quota: line.quota, taken: line.taken, percent, full: line.taken >= line.quota };
}

export type WindowState = 'over' | 'open' | 'coming';

export const windowState = (window: Span, now: number): WindowState =>
  Date.parse(window.closes_at) <= now ? 'over' : Date.parse(window.opens_at) <= now ? 'open' : 'coming';
