import type { RecruiterHall, Row } from '@shared/api';

/** Why the next one is next, and why those who applied earlier are not called (as the student's receipt says it). */
export type Because = 'order' | 'slot' | 'assigned' | 'first_time';
export type Passed = 'busy' | 'hold' | 'missed' | 'offline' | 'elsewhere' | 'behind';
export interface Order {
  because: Because;
  passed: [Passed, number][];
}

const REASONS: Passed[] = ['busy', 'hold', 'missed', 'offline', 'elsewhere', 'behind'];

/** In order of application; a ticket that was moved back carries its new moment. */
const byRank = (a: Row, b: Row) => (a.queued_at ?? '').localeCompare(b.queued_at ?? '') || a.id - b.id;

export const hasSlot = (row: Row, now: number): boolean => row.slot_at !== null && Date.parse(row.slot_at) <= now;

function because({ desk, fair }: RecruiterHall, next: Row, stepsBack: boolean, now: number): Because {
  if (hasSlot(next, now)) return 'slot';
  if (next.only_desk && next.only_desk.id === desk?.id) return 'assigned';
  return fair.everyone_once && next.first_time && stepsBack ? 'first_time' : 'order';
}

/** Why *row* cannot be called now; null when it could be. */
export function hindrance(row: Row, deskId: number | undefined): Passed | null {
  if (row.status === 'held') return row.held_until ? 'hold' : 'missed';
  if (row.status !== 'waiting') return 'busy';
  if (row.busy) return 'busy';
  if (!row.online) return 'offline';
  return row.only_desk && row.only_desk.id !== deskId ? 'elsewhere' : null;
}

/** Counts those of *rows* that cannot be called, by reason, in a fixed order. */
function counted(rows: Row[], deskId: number | undefined): [Passed, number][] {
  const found = rows.map((row) => hindrance(row, deskId) ?? 'behind');
  return REASONS.map((reason): [Passed, number] => [reason, found.filter((one) => one === reason).length]).filter(([, n]) => n > 0);
}

const inLine = (row: Row) => row.status === 'waiting' || row.status === 'held';

/** Explains the next call; *now* in milliseconds of the server's clock. */
export function explain(hall: RecruiterHall, next: Row, now: number): Order {
  const earlier = hall.waiting.filter((row) => row.id !== next.id && inLine(row) && byRank(row, next) < 0);
  const passed = counted(earlier, hall.desk?.id);
  return { because: because(hall, next, passed.some(([reason]) => reason === 'behind'), now), passed };
}

/** Why nobody can be called although people are in line. */
export function hindrances(hall: RecruiterHall): [Passed, number][] {
  return counted(hall.waiting.filter(inLine), hall.desk?.id).filter(([reason]) => reason !== 'behind');
}

/** Whom a notice reaches: who has applied or is in line. A head of a list holds all others in it. */
export function audience({ counts, pending, waiting }: RecruiterHall): number {
  const told = pending.filter((row) => row.status === 'dismissed').length;
  return counts.pending + told + counts.waiting - waiting.filter((row) => !inLine(row)).length;
}

/** What keeps the whole line from moving: its windows, its quota. */
export function standstill(hall: RecruiterHall, now: number): { kind: 'quota' } | { kind: 'window'; opens_at: string | null } | null {
  const { quota, called, windows } = hall.line; // `taken` counts those in line, too
  if (quota !== null && called >= quota) return { kind: 'quota' };
  if (!windows.length || windows.some((one) => Date.parse(one.opens_at) <= now && now < Date.parse(one.closes_at))) return null;
  const coming = windows.map((one) => one.opens_at).filter((opens) => Date.parse(opens) > now).sort();
  return { kind: 'window', opens_at: coming[0] ?? null };
}
