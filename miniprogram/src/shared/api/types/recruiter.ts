import type { Degree, ResumeContent } from './resume';
import type { FairCard, TicketStatus } from './fair';
import type { Verdict } from './interview';

export interface RecruiterBooth {
  booth_id: number;
  number: string;
  employer_name: string;
  fair: FairCard;
  pending: number;
  waiting: number;
  unfinished: number;
}

export interface Row {
  id: number;
  status: TicketStatus;
  student: { id: number; name: string; school: string; major: string; degree: Degree | null; graduation_year: number | null };
  position: { id: number; title: string } | null;
  queued_at: string | null;
  ahead: number | null;
  online: boolean;
  busy: boolean;
  misses: number;
  nudged_at: string | null;
  verdict: Verdict | null;
  verdict_label: string | null;
  remark: string | null;
  result_at: string | null;
}

export interface RecruiterTicket extends Row {
  notes: string;
  rung_at: string | null;
  answered_at: string | null;
  ended_at: string | null;
  ring_expires_at: string | null;
  talk_seconds: number;
}

export type DeskState = 'idle' | 'ringing' | 'in_call' | 'concluding';

export interface RecruiterHall {
  server_now: string;
  poll_seconds: number;
  fair: FairCard;
  booth: { id: number; number: string; employer_name: string; positions: { id: number; title: string }[] };
  desk: { id: number; label: string; state: DeskState; interview_id: number | null } | null;
  pending: Row[];
  invited: Row[];
  waiting: Row[];
  done: Row[];
  counts: { pending: number; invited: number; waiting: number; done: number };
  next_id: number | null;
  colleagues: { label: string; name: string; state: DeskState; online: boolean }[];
}

export interface RecruiterInterview {
  interview: RecruiterTicket;
  resume: { content: ResumeContent; completeness: number };
  contact: { phone: string; email: string };
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
