import type { WaitPromise } from '../api/types';
import { clockNear, clockTime } from '../format';
import type { Locale } from '../i18n/translator';

/** Words and drawing of a promise. Times are rounded outwards, chances downwards: nothing is shown better than it is. */
export interface Words {
  key: string;
  params: Record<string, string | number>;
}

const MINUTE_MS = 60_000;
/** From here on minutes are hard to picture: the clock says more. */
const CLOCK_FROM_MINUTES = 90;
const HALF_HOUR = 30;
const MOST_ON_AXIS = 100;
/** Past the closing the axis goes on for a quarter of its length at most. */
const BEYOND_CLOSING = 1.25;
const SURE = 95;
const SLIM = 10;
const FRACTIONS: [number, number][] = [[9, 10], [4, 5], [3, 4], [2, 3], [3, 5], [1, 2], [2, 5], [1, 3], [1, 4], [1, 5], [1, 10]];

export interface Minutes {
  low: number;
  high: number;
}

export function minutesOf(promise: Pick<WaitPromise, 'low_at' | 'high_at'>, now: number): Minutes {
  const until = (iso: string) => (Date.parse(iso) - now) / MINUTE_MS;
  const low = Math.max(0, Math.floor(until(promise.low_at)));
  return { low, high: Math.max(low, Math.ceil(until(promise.high_at))) };
}

/** `约 35–60 分钟`, `约 12 分钟内`, `约 15:10–16:20`; past its end it says that a new one is on its way. */
export function waitWords(promise: Pick<WaitPromise, 'low_at' | 'high_at'>, now: number, locale: Locale = 'zh-CN'): Words {
  if (Date.parse(promise.high_at) <= now) return { key: 'past', params: {} };
  const { low, high } = minutesOf(promise, now);
  if (high >= CLOCK_FROM_MINUTES) return { key: 'clock', params: { low: clockNear(promise.low_at, now, locale), high: clockTime(promise.high_at) } };
  return minuteWords({ low, high });
}

/** Minutes, or half hours once minutes are hard to picture: again rounded outwards. */
export function minuteWords({ low, high }: Minutes): Words {
  if (high >= CLOCK_FROM_MINUTES) {
    const hours = { low: Math.floor(low / HALF_HOUR) / 2, high: Math.ceil(high / HALF_HOUR) / 2 };
    return { key: hours.low ? 'hours' : 'withinHours', params: hours };
  }
  if (low <= 0) return { key: high <= 1 ? 'now' : 'within', params: { high } };
  return low === high ? { key: 'exactly', params: { low } } : { key: 'between', params: { low, high } };
}

/** A chance as people say it: the largest plain fraction that it reaches. */
export function chanceWords(percent: number): Words {
  if (percent >= SURE) return { key: 'sure', params: {} };
  if (percent < SLIM) return { key: 'slim', params: {} };
  const [part, whole] = FRACTIONS.find(([a, b]) => percent * b >= a * 100) ?? FRACTIONS[FRACTIONS.length - 1];
  return { key: 'fraction', params: { part, whole } };
}

export const chanceTone = (percent: number): 'good' | 'warn' | 'bad' => (percent >= 60 ? 'good' : percent >= 25 ? 'warn' : 'bad');

/** Where a promise stands on an axis from now to the closing, in percent of its width. */
export interface Whisker {
  from: number;
  to: number;
  /** The closing: before the right end only when the range runs past it. */
  close: number;
  /** The part of the range past the closing. */
  late: boolean;
}

export function whisker(promise: Pick<WaitPromise, 'low_at' | 'high_at' | 'closes_at'>, now: number): Whisker {
  const [low, high, close] = [promise.low_at, promise.high_at, promise.closes_at].map((iso) => Math.max(0, Date.parse(iso) - now));
  const late = high > close;
  const end = Math.max(late ? Math.min(high, Math.max(close, MINUTE_MS) * BEYOND_CLOSING) : close, MINUTE_MS);
  const at = (ms: number) => Math.min(MOST_ON_AXIS, Math.round((ms / end) * MOST_ON_AXIS));
  return { from: at(low), to: at(Math.max(low, high)), close: late ? at(close) : MOST_ON_AXIS, late };
}
