import type { RecruiterHall, Row } from '@shared/api';

/** What happened at the booth between two looks at it, as a recruiter would say it. */
export type HallChange =
  | { kind: 'applied' | 'online' | 'agreed' | 'declined'; id: number; name: string }
  | { kind: 'answered' | 'missed' | 'unanswered'; id: number; name: string };

/** An application may be committed that long after its moment. */
const COMMIT_MS = 2000;

const byId = (rows: Row[]) => new Map(rows.map((row) => [row.id, row]));
const everyone = (hall: RecruiterHall) => byId([...hall.pending, ...hall.invited, ...hall.waiting, ...hall.done]);

/** Compares two screens of the same booth; the first look reports nothing. */
export function changesBetween(before: RecruiterHall | null, after: RecruiterHall): HallChange[] {
  if (!before || before.booth.id !== after.booth.id) return [];
  return [...queueChanges(before, after), ...deskChanges(before, after)];
}

function queueChanges(before: RecruiterHall, after: RecruiterHall): HallChange[] {
  const known = everyone(before);
  // a head of a list may also bring rows that have long been there
  const since = Date.parse(before.server_now) - COMMIT_MS;
  const applied = after.pending.filter((row) => !known.has(row.id) && Date.parse(row.queued_at ?? '') >= since).map((row) => ({ kind: 'applied' as const, row }));
  const invited = byId(before.invited);
  const agreed = after.waiting.filter((row) => invited.has(row.id)).map((row) => ({ kind: 'agreed' as const, row }));
  const declined = after.done.filter((row) => row.status === 'declined' && invited.has(row.id)).map((row) => ({ kind: 'declined' as const, row }));
  const waited = byId(before.waiting);
  const online = after.waiting
    .filter((row) => row.online && waited.get(row.id)?.online === false)
    .map((row) => ({ kind: 'online' as const, row }));
  return [...applied, ...agreed, ...declined, ...online].map(({ kind, row }) => ({ kind, id: row.id, name: row.student.name }));
}

function deskChanges(before: RecruiterHall, after: RecruiterHall): HallChange[] {
  const id = before.desk?.interview_id ?? null;
  if (before.desk?.state !== 'ringing' || id === null) return [];
  const rung = everyone(before).get(id);
  const name = everyone(after).get(id)?.student.name ?? rung?.student.name ?? '';
  if (after.desk?.interview_id === id && after.desk.state === 'in_call') return [{ kind: 'answered', id, name }];
  if (rung?.called_by === 'student') return after.desk?.interview_id !== id && ranOut(rung, after) ? [{ kind: 'unanswered', id, name }] : [];
  const misses = (hall: RecruiterHall) => everyone(hall).get(id)?.misses ?? 0;
  const missed = after.desk?.interview_id !== id && misses(after) > misses(before);
  return missed ? [{ kind: 'missed', id, name }] : [];
}

/** A student's call that nobody ended: the recruiter did not say "not now", the student did not stop. */
const ranOut = (rung: Row, after: RecruiterHall) => rung.ring_expires_at !== null && Date.parse(rung.ring_expires_at) <= Date.parse(after.server_now);
