/** How times, money and waits are written. All times are shown in China's, wherever the phone is. */
import type { Locale } from './i18n/translator';

/** Between short facts on one line: a line may break after the dot, never before it. */
export const DOT = '\u00a0· ';

/** China has had no summer time since 1991; the offset spares phones that lack `Intl` time zones. */
const SHANGHAI_OFFSET_MS = 8 * 3600 * 1000;

interface LocalParts {
  year: number;
  month: number;
  day: number;
  hour: string;
  minute: string;
  weekday: number;
}

export function shanghai(iso: string): LocalParts {
  const local = new Date(Date.parse(iso) + SHANGHAI_OFFSET_MS);
  const two = (n: number) => String(n).padStart(2, '0');
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: two(local.getUTCHours()),
    minute: two(local.getUTCMinutes()),
    weekday: local.getUTCDay(),
  };
}

const EN_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS: Record<Locale, string[]> = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};

export function day(iso: string, locale: Locale = 'zh-CN'): string {
  const p = shanghai(iso);
  return locale === 'en' ? `${EN_MONTHS[p.month - 1]} ${p.day}` : `${p.month}月${p.day}日`;
}

export function dayWithWeekday(iso: string, locale: Locale = 'zh-CN'): string {
  return `${day(iso, locale)} ${WEEKDAYS[locale][shanghai(iso).weekday]}`;
}

export function clockTime(iso: string): string {
  const p = shanghai(iso);
  return `${p.hour}:${p.minute}`;
}

export function dayAndTime(iso: string, locale: Locale = 'zh-CN'): string {
  return `${day(iso, locale)} ${clockTime(iso)}`;
}

/** The clock alone when it is today, else the day too. */
export function clockNear(iso: string, now: number, locale: Locale = 'zh-CN'): string {
  return day(iso, locale) === day(new Date(now).toISOString(), locale) ? clockTime(iso) : dayAndTime(iso, locale);
}

/** `11月21日 周六 09:00–18:00`, or both days when the window spans several. */
export function timeWindow(start: string, end: string, locale: Locale = 'zh-CN'): string {
  if (day(start, locale) === day(end, locale)) return `${dayWithWeekday(start, locale)} ${clockTime(start)}–${clockTime(end)}`;
  return `${dayAndTime(start, locale)} – ${dayAndTime(end, locale)}`;
}

/** Yuan a month: `8–12K`, `8K 起`, `面议`. */
export function salary(min: number | null, max: number | null, locale: Locale = 'zh-CN'): string {
  const zh = locale === 'zh-CN';
  if (!min && !max) return zh ? '面议' : 'Negotiable';
  if (min && max && min !== max) return `${thousands(min)}–${thousands(max)}K`;
  if (min && max) return `${thousands(min)}K`;
  if (min) return zh ? `${thousands(min)}K 起` : `from ${thousands(min)}K`;
  return zh ? `${thousands(max as number)}K 以内` : `up to ${thousands(max as number)}K`;
}

const thousands = (yuan: number): string => String(Math.round(yuan / 100) / 10);

/** A span in words: `刚刚`, `5 分钟`, `1 小时 20 分`. */
export function span(seconds: number, locale: Locale = 'zh-CN'): string {
  const minutes = Math.floor(Math.max(0, seconds) / 60);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (locale === 'en') return hours ? `${hours} h${rest ? ` ${rest} min` : ''}` : minutes ? `${minutes} min` : 'just now';
  if (!minutes) return '刚刚';
  return hours ? `${hours} 小时${rest ? ` ${rest} 分` : ''}` : `${minutes} 分钟`;
}

/** How long ago: `刚刚`, `5 分钟前`, after a day the date. */
export function ago(iso: string, now: number, locale: Locale = 'zh-CN'): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (seconds >= 86_400) return dayAndTime(iso, locale);
  if (seconds < 60) return span(seconds, locale);
  return locale === 'en' ? `${span(seconds, locale)} ago` : `${span(seconds, locale)}前`;
}

/** A running clock: `03:07`, from an hour on `1:03:07`. */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

/** `2023-09` → `2023.09`; an open end is "now". */
export function monthSpan(start: string | undefined, end: string | undefined, locale: Locale = 'zh-CN'): string {
  const dot = (month: string) => month.replace('-', '.');
  if (!start && !end) return '';
  const open = locale === 'en' ? 'now' : '至今';
  return `${dot(start ?? '')} – ${end && end !== 'present' ? dot(end) : open}`;
}
