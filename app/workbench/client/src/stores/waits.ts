import type { Row } from '@shared/api';

/** Where the bars are cut, in minutes: finer on a quick morning, coarser when people wait for hours. */
const SCALES = [
  [2, 5, 10],
  [5, 15, 30],
  [15, 30, 60],
  [30, 60, 120],
  [60, 180, 360],
];

export interface Waits {
  /** Minutes at which one bar ends and the next begins. */
  edges: number[];
  /** How many undecided applications fall into each bar; one more than edges. */
  counts: number[];
}

/** How long undecided applications have waited, on the coarsest scale whose last bar somebody has reached. */
export function waits(pending: Row[], now: number): Waits {
  const minutes = pending.flatMap((row) => (row.status === 'pending' && row.queued_at ? [(now - Date.parse(row.queued_at)) / 60_000] : []));
  const longest = Math.max(0, ...minutes);
  const edges = SCALES.filter((scale) => scale[scale.length - 1] <= longest).pop() ?? SCALES[0];
  const counts = [...edges, Infinity].map((edge, at) => minutes.filter((one) => one < edge && (at === 0 || one >= edges[at - 1])).length);
  return { edges, counts };
}
