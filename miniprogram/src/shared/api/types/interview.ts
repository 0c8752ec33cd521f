import type { FairCard, TicketStatus } from './fair';
import type { LineNews, WaitPromise } from './line';

export type StudentVerb = 'withdraw' | 'agree' | 'decline' | 'answer' | 'pass-ring' | 'start' | 'cancel-start' | 'hold' | 'return' | 'hang-up';
export type Verdict = 'pass' | 'fail' | 'hold';
/** What a fair lets its recruiters choose from, in its own words; without `hold` where 待定 is not allowed. */
export type Verdicts = Partial<Record<Verdict, string>>;

export type Caller = 'recruiter' | 'student';

export interface Ticket {
  id: number;
  status: TicketStatus;
  origin: 'application' | 'invitation';
  booth: { id: number; number: string };
  employer: { id: number; name: string };
  position: { id: number; title: string } | null;
  fair_id: number;
  queued_at: string | null;
  ahead: number | null;
  /** Was told to get ready: perhaps the next to be called, whoever stands before is away or in another call. */
  ready: boolean;
  in_line: number;
  desks_online: number;
  misses: number;
  ring_expires_at: string | null;
  /** Whose call the present ring is, or the last one was: the other side answers. */
  called_by: Caller;
  message: string;
  result: { verdict: Verdict; label: string; remark: string; at: string } | null;
  actions: string[];
  /** From 2 on the employer has asked for another talk. */
  round: number;
  /** A guaranteed time: from then on this ticket is called first. */
  slot_at: string | null;
  /** Until when a hold lasts that the student asked for; null while held: a ring was missed. */
  held_until: string | null;
  promise: WaitPromise | null;
  /** How often somebody behind was called first: each is told in the receipt. */
  overtakes: number;
  behind_after_misses: boolean;
  line: LineNews;
  reason_code: string;
  rejected_at: string | null;
  reason_label: string;
  rated: boolean;
  /** The fair's rules of waiting; a span of 0 switches its rule off. */
  rules: { hold_seconds: number; misses_kept: number; everyone_once: boolean; students_may_start: boolean };
}

export interface MyInterviews {
  server_now: string;
  poll_seconds: number;
  fair: FairCard | null;
  tickets: Ticket[];
  active: Ticket | null;
}

export type DeviceState = 'ok' | 'denied' | 'missing' | 'failed' | 'untested';

export interface DeviceCheck {
  camera: DeviceState;
  microphone: DeviceState;
  speaker: DeviceState;
  browser: string;
}

export interface Notice {
  id: number;
  kind: string;
  title: string;
  body: string;
  page: string;
  created_at: string;
  read_at: string | null;
}

export interface Notices {
  items: Notice[];
  unread: number;
  next_cursor: string | null;
}
