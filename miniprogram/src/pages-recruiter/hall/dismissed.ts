import type { RecruiterHall, Row } from '@/shared/api';

/** Rejections on their way that can still be taken back, the newest first; *now* by the server's clock. */
export function undoable(pending: Row[], now: number): Row[] {
  return pending
    .filter((row) => row.status === 'dismissed' && row.undo_until !== null && Date.parse(row.undo_until) > now)
    .sort((a, b) => Date.parse(b.undo_until as string) - Date.parse(a.undo_until as string));
}

/** Whole seconds until *iso*, never below nought. */
export const secondsUntil = (iso: string | null, now: number): number => (iso ? Math.max(0, Math.ceil((Date.parse(iso) - now) / 1000)) : 0);

/** Whoever has applied and whoever is in line: they read a notice. */
export function audience({ counts, pending, waiting }: Pick<RecruiterHall, 'counts' | 'pending' | 'waiting'>): number {
  const told = pending.filter((row) => row.status === 'dismissed').length;
  return counts.pending + told + counts.waiting - waiting.filter((row) => !['waiting', 'held'].includes(row.status)).length;
}
