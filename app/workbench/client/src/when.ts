import { clockTime, day, dayAndTime, shanghai } from '@shared/format';
import { locale } from '@/texts';

/** `14:05` today, `11月20日 14:05` otherwise. */
export function momentOf(iso: string | null | undefined, now = Date.now()): string {
  if (!iso) return '';
  const today = day(iso) === day(new Date(now).toISOString());
  return today ? clockTime(iso) : dayAndTime(iso, locale.value);
}

/** `2026-11-21 14:05`, for tables that are printed or opened in a spreadsheet. */
export function tableMoment(iso: string | null | undefined): string {
  if (!iso) return '';
  const { year, month, day: date, hour, minute } = shanghai(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${year}-${two(month)}-${two(date)} ${hour}:${minute}`;
}
