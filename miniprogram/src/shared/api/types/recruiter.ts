import type { Degree, ResumeContent } from './resume';
import type { FairCard, TicketStatus } from './fair';
import type { Caller, Verdict, Verdicts } from './interview';

export interface RecruiterBooth {
  booth_id: number;
  number: string;
  employer_name: string;
  fair: FairCard;
  pending: number;
  waiting: number;
  unfinished: number;
}

/** By what a student can be reached now: the page is open, a message, an SMS, or by nothing. */
export type Reach = 'page' | 'message' | 'sms' | 'none';
/** How a student needs the interview to be; nobody hears why. */
export type Access = 'captions' | 'typed_talk' | 'large_type' | 'extra_time';
/** `dismissed`: rejected, not delivered yet; its student still sees `pending`. */
export type RowStatus = TicketStatus | 'dismissed';

export interface Row {
  id: number;
  status: RowStatus;
  student: { id: number; name: string; school: string; major: string; degree: Degree | null; graduation_year: number | null };
  position: { id: number; title: string } | null;
  queued_at: string | null;
  ahead: number | null;
  online: boolean;
  busy: boolean;
  misses: number;
  /** Whose call the present ring is: a student's is answered here. */
  called_by: Caller;
  ring_expires_at: string | null;
  nudged_at: string | null;
  verdict: Verdict | null;
  verdict_label: string | null;
  remark: string | null;
  result_at: string | null;
  /** Until when somebody who asked for a moment is away; null: missed a ring. */
  held_until: string | null;
  slot_at: string | null;
  round: number;
  only_desk: { id: number; label: string } | null;
  undo_until: string | null;
  first_time: boolean;
  reach: Reach;
  access: Access[];
  reason: string;
  reason_code: string;
  message: string;
  /** How many stars this booth gave the student's talk; null: none yet. */
  stars: number | null;
}

export interface RecruiterTicket extends Row {
  notes: string;
  rung_at: string | null;
  answered_at: string | null;
  ended_at: string | null;
  talk_seconds: number;
}

export type DeskState = 'idle' | 'ringing' | 'in_call' | 'concluding';

export interface RecruiterHall {
  server_now: string;
  poll_seconds: number;
  fair: FairCard & { everyone_once: boolean };
  booth: { id: number; number: string; employer_name: string; positions: { id: number; title: string }[] };
  desk: { id: number; label: string; state: DeskState; interview_id: number | null } | null;
  pending: Row[];
  invited: Row[];
  waiting: Row[];
  done: Row[];
  counts: { pending: number; invited: number; waiting: number; done: number };
  next_id: number | null;
  /** Why nobody can be called now, whoever waits. */
  held_up_by: 'booth' | 'fair' | 'window' | 'quota' | null;
  /** A colleague's call into which this recruiter was asked. */
  asked: { interview_id: number; name: string; joined: boolean } | null;
  colleagues: Colleague[];
  line: BoothLine;
  reasons: RejectionReason[];
  meter: Meter | null;
}

export interface Colleague { id: number; label: string; name: string; state: DeskState; online: boolean }
export interface RejectionReason { code: string; label: string }
export interface Span { opens_at: string; closes_at: string }

/** Who should apply; an empty list asks for nothing. */
export interface Wanted { degrees: Degree[]; majors: string[]; graduation_years: number[]; note: string }

/** The rules of a booth's line, as its recruiters set them; `paused` is the fair's doing. */
export interface BoothLine {
  quota: number | null;
  taken: number;
  called: number;
  windows: Span[];
  closed: boolean;
  paused: boolean;
  late_until: string | null;
  notice: string;
  notice_at: string | null;
  talk_minutes: number | null;
  wanted: Wanted;
}

/** What a recruiter may change of it, one by one; `late_minutes` 0: here now. */
export interface LineChange {
  closed?: boolean;
  late_minutes?: number;
  notice?: string;
  quota?: number | null;
  windows?: Span[];
  wanted?: Wanted;
  talk_minutes?: number | null;
}

/** How a booth answers, as its students see it. */
export interface Meter {
  median_seconds: number | null;
  answered_percent: number | null;
  results_percent: number | null;
  overdue: number;
  stars: number | null;
  ratings: number;
  seen_at: string | null;
}

export interface RecruiterInterview {
  interview: RecruiterTicket;
  resume: { content: ResumeContent; completeness: number };
  contact: { phone: string; email: string };
  verdicts: Verdicts;
}

export interface Talent {
  student_id: number;
  name: string;
  school: string;
  major: string;
  degree: Degree | null;
  graduation_year: number | null;
  skills: string[];
  intention: string[];
  ticket: { id: number; status: TicketStatus } | null;
  online: boolean;
}

export interface Talents {
  items: Talent[];
  next_cursor: string | null;
}
