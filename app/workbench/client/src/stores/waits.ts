import type { Row } from '@shared/api';

const EDGES_MINUTES = [5, 15, 30];

/** How many undecided applications have waited less than 5, 15 and 30 minutes, and longer. */
export function waits(pending: Row[], now: number): number[] {
  const counts = [0, 0, 0, 0];
  for (const row of pending) {
    if (row.status !== 'pending' || !row.queued_at) continue;
    const minutes = (now - Date.parse(row.queued_at)) / 60_000;
    const at = EDGES_MINUTES.findIndex((edge) => minutes < edge);
    counts[at < 0 ? EDGES_MINUTES.length : at] += 1;
  }
  return counts;
}
