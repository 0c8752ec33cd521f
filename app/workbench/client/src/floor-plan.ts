import type { PlanPlace } from '@shared/api';

export interface PlanArea {
  area: string;
  rows: PlanPlace[][];
}

/** The plan as it is drawn: areas in order, each with its rows. */
export function areasOf(plan: readonly PlanPlace[]): PlanArea[] {
  const areas = new Map<string, Map<number, PlanPlace[]>>();
  for (const place of plan) {
    const rows = areas.get(place.area) ?? new Map<number, PlanPlace[]>();
    rows.set(place.row, [...(rows.get(place.row) ?? []), place]);
    areas.set(place.area, rows);
  }
  return [...areas].map(([area, rows]) => ({
    area,
    rows: [...rows].sort(([a], [b]) => a - b).map(([, row]) => [...row].sort((a, b) => a.col - b.col)),
  }));
}

/** Whether this employer may choose the place. */
export const isChoosable = (place: PlanPlace): boolean => place.state === 'free' || place.state === 'mine';

/** Where an arrow key leads from a place: along the row, or to the nearest column of the next row, over areas too. */
export function neighbour(areas: readonly PlanArea[], from: number, key: string): PlanPlace | null {
  const rows = areas.flatMap(({ rows: own }) => own);
  const r = rows.findIndex((row) => row.some(({ id }) => id === from));
  if (r < 0) return null;
  const row = rows[r];
  const c = row.findIndex(({ id }) => id === from);
  switch (key) {
    case 'ArrowLeft':
      return row[c - 1] ?? rows[r - 1]?.at(-1) ?? null;
    case 'ArrowRight':
      return row[c + 1] ?? rows[r + 1]?.[0] ?? null;
    case 'ArrowUp':
      return nearest(rows[r - 1], row[c].col);
    case 'ArrowDown':
      return nearest(rows[r + 1], row[c].col);
    case 'Home':
      return row[0];
    case 'End':
      return row.at(-1) ?? null;
    default:
      return null;
  }
}

function nearest(row: readonly PlanPlace[] | undefined, col: number): PlanPlace | null {
  if (!row?.length) return null;
  return row.reduce((best, place) => (Math.abs(place.col - col) < Math.abs(best.col - col) ? place : best));
}
