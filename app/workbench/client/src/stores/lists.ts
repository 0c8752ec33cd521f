import type { RecruiterHall, Row, RowStatus } from '@shared/api';

/** The lists of a hall, and how a ticket that moved goes from one to another. */
export type Tab = 'pending' | 'waiting' | 'invited' | 'done';
export const TABS: Tab[] = ['pending', 'waiting', 'invited', 'done'];

const TAB_OF: Partial<Record<RowStatus, Tab>> = {
  pending: 'pending', dismissed: 'pending', invited: 'invited', waiting: 'waiting', held: 'waiting', ringing: 'waiting', in_call: 'waiting', concluding: 'waiting',
};
/** A rejection that can still be taken back stands in its list, but asks for nothing. */
const counts = (status: RowStatus): number => (status === 'dismissed' ? 0 : 1);
const appliedAt = (row: Row): number => Date.parse(row.queued_at ?? '');

/** In front of whoever applied later; the others keep the order that the server gave them. */
function withNew(rows: Row[], row: Row): Row[] {
  const later = rows.findIndex((one) => appliedAt(one) > appliedAt(row));
  return later < 0 ? [...rows, row] : [...rows.slice(0, later), row, ...rows.slice(later)];
}

/** The hall with a ticket where its status puts it; one that stays keeps its place in the list. */
export function moved(hall: RecruiterHall, row: Row): RecruiterHall {
  const from = TABS.find((tab) => hall[tab].some((one) => one.id === row.id));
  if (!from) return hall;
  const to = TAB_OF[row.status] ?? 'done';
  const before = hall[from].find((one) => one.id === row.id)?.status ?? row.status;
  const number = { ...hall.counts };
  number[from] -= counts(before);
  number[to] += counts(row.status);
  if (to === from) return { ...hall, [from]: hall[from].map((one) => (one.id === row.id ? row : one)), counts: number };
  const arrived = to === 'done' ? [row, ...hall.done] : withNew(hall[to], row);
  return { ...hall, [from]: hall[from].filter((one) => one.id !== row.id), [to]: arrived, counts: number };
}
