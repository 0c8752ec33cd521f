import type { DegreeBar, Position, PositionDetails, PositionKind } from '@/api/employer';
import type { TextKey } from '@/texts';

/** What a posting must tell before it may be submitted; the server has the last word. */
export const KINDS: PositionKind[] = ['full_time', 'internship', 'part_time'];
export const DEGREES: DegreeBar[] = ['不限', '专科', '本科', '硕士', '博士'];
/** The words of the desk for the server's degree bars. */
export const DEGREE_WORDS: Record<DegreeBar, TextKey> = { 不限: 'degree.any', 专科: 'degree.college', 本科: 'degree.bachelor', 硕士: 'degree.master', 博士: 'degree.doctor' };
export const LIMITS = { title: 60, province: 20, city: 40, address: 120, text: 5000, tag: 12, tags: 10, major: 30, majors: 200, pay: 1_000_000, heads: 9999, duties: 10 };
export const MONTHS = [12, 13, 14, 15, 16, 17, 18];
const VALID_DAYS = 366;
const DAY_MS = 86_400_000;

export type Field = keyof PositionDetails;
export type Gaps = Partial<Record<Field, TextKey>>;

export const blank = (): PositionDetails => ({
  title: '', kind: 'full_time', province: '', city: '', address: '', salary_min: 0, salary_max: 0, months_paid: 12, degree: '不限',
  headcount: 1, majors: [], graduation_years: [], welfare: [], duties: '', requirements: '', valid_until: null, school_ids: [],
});

/** The fields alone, of what the server says of a position. */
export function detailsOf(position: Position): PositionDetails {
  return Object.fromEntries(Object.keys(blank()).map((name) => [name, structuredClone(position[name as Field])])) as unknown as PositionDetails;
}

/** The text as it is sent: blanks at the ends do not count. */
export function tidy(draft: PositionDetails): PositionDetails {
  const line = (text: string) => text.split(/\s+/).filter(Boolean).join(' ');
  return {
    ...draft, title: line(draft.title), province: line(draft.province), city: line(draft.city), address: line(draft.address),
    duties: draft.duties.trim(), requirements: draft.requirements.trim(), salary_min: whole(draft.salary_min), salary_max: whole(draft.salary_max),
    headcount: whole(draft.headcount), valid_until: draft.valid_until || null, school_ids: [...draft.school_ids].sort((a, b) => a - b),
  };
}

/** An emptied number field gives '' here. */
const whole = (value: unknown): number => (Number.isFinite(Number(value)) ? Math.trunc(Number(value)) : 0);

/** *text*: whether the posting itself differs; the schools alone need no review. */
export function differs(before: PositionDetails, now: PositionDetails): { text: boolean; schools: boolean } {
  const rest = (details: PositionDetails) => JSON.stringify({ ...details, school_ids: null });
  const [one, other] = [tidy(before), tidy(now)];
  return { text: rest(one) !== rest(other), schools: one.school_ids.join() !== other.school_ids.join() };
}

/** What is missing; *today* as 2026-11-21. A draft needs no more than its name and pay in order. */
export function gapsOf(draft: PositionDetails, today: string, isDraft = false): Gaps {
  const { title, province, city, address, salary_min: least, salary_max: most, headcount, duties, requirements, valid_until: last } = tidy(draft);
  const gaps: Gaps = {};
  const miss = (field: Field, isMissing: boolean, key: TextKey) => {
    if (isMissing && !gaps[field]) gaps[field] = key;
  };
  miss('title', !title, 'form.gapTitle');
  miss('salary_max', least > 0 && most > 0 && least > most, 'form.gapPayOrder');
  miss('headcount', headcount < 1 || headcount > LIMITS.heads, 'form.gapHeadcount');
  if (isDraft) return gaps;
  miss('salary_max', least <= 0 || most <= 0, 'form.gapPay');
  miss('province', !province, 'form.gapProvince');
  miss('city', !city, 'form.gapCity');
  miss('address', !address, 'form.gapAddress');
  miss('duties', duties.length < LIMITS.duties, 'form.gapDuties');
  miss('requirements', !requirements, 'form.gapRequirements');
  miss('valid_until', !last, 'form.gapValid');
  miss('valid_until', !!last && last < today, 'form.gapValidPast');
  miss('valid_until', !!last && last > daysAfter(today, VALID_DAYS), 'form.gapValidLong');
  return gaps;
}

export const daysAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The calendar day in China. */
export const todayInChina = (now = Date.now()): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
