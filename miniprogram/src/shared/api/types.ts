/** What goes over the wire, named as the server names it. Times are ISO 8601 in UTC. */

export type Role = 'student' | 'recruiter';

export interface Session {
  access_token: string;
  expires_in: number;
  refresh_token: string;
  account: { id: number; name: string; roles: Role[] };
}

export interface Me {
  id: number;
  name: string;
  roles: Role[];
  phone_masked: string | null;
  student_id: number | null;
  booths: { booth_id: number; fair_id: number; fair_name: string; employer_name: string }[];
}

export interface ClientConfig {
  realtime_url: string;
  rtc_provider: 'webrtc' | 'agora';
  mini_appid: string;
  service_appid: string;
  templates: Record<string, string>;
  poll_seconds: number;
  version: string;
}

export type LoginCodeStatus = 'pending' | 'scanned' | 'confirmed' | 'refused' | 'expired' | 'claimed';

export interface LoginCode {
  ticket: string;
  secret: string;
  scene: string;
  url: string;
  qr_svg: string;
  expires_at: string;
}

export interface LoginCodeClaim {
  status: LoginCodeStatus;
  session: Session | null;
}

export interface LoginRequest {
  status: LoginCodeStatus;
  device: string;
  requested_at: string;
}

export type FairPhase = 'draft' | 'upcoming' | 'doors_open' | 'live' | 'paused' | 'ended' | 'postponed' | 'cancelled';

export interface FairCard {
  id: number;
  name: string;
  host: string;
  starts_at: string;
  ends_at: string;
  phase: FairPhase;
}

export interface Fair extends FairCard {
  introduction: string;
  daily_opens: string;
  daily_closes: string;
  entry_opens_at: string | null;
  entry_closes_at: string | null;
  threshold: number;
  contact_student: string;
  safety_notice: string;
  employers: number;
  positions: number;
}

export type Scene =
  | { kind: 'fair'; fair: FairCard }
  | {
      kind: 'recruiter';
      state: 'usable' | 'used' | 'revoked' | 'expired' | 'yours';
      employer_name: string;
      booth_number: string;
      booth_id: number;
      fair: FairCard;
    }
  | { kind: 'login'; state: LoginCodeStatus; device: string };

/* résumé */

export type Gender = 'male' | 'female' | 'undisclosed';
export type Degree = 'college' | 'bachelor' | 'master' | 'doctor';

export interface Basics {
  name?: string;
  gender?: Gender | '';
  birth_month?: string;
  phone?: string;
  email?: string;
  school?: string;
  college?: string;
  major?: string;
  degree?: Degree | '';
  graduation_year?: number | null;
  city?: string;
}

export interface Intention {
  positions?: string[];
  cities?: string[];
  salary_min?: number | null;
  salary_max?: number | null;
  available_from?: string;
}

export interface Education { school: string; major: string; degree: Degree | ''; start: string; end: string; description: string }
export interface Internship { organization: string; title: string; start: string; end: string; description: string }
export interface Project { name: string; role: string; start: string; end: string; description: string }
export interface Campus { organization: string; title: string; start: string; end: string; description: string }
export interface Skill { name: string; level: string }
export interface Certificate { name: string; issued_on: string }

export interface ResumeContent {
  basics: Basics;
  intention: Intention;
  education: Education[];
  internships: Internship[];
  projects: Project[];
  campus: Campus[];
  skills: Skill[];
  certificates: Certificate[];
  self_evaluation: { text?: string };
}

export type SectionKey = keyof ResumeContent;

export interface MissingItem {
  field: string;
  points: number;
  text: string;
}

export interface ResumeSection {
  key: SectionKey;
  title: string;
  score: number;
  max: number;
  missing: MissingItem[];
}

export interface Resume {
  version: number;
  content: ResumeContent;
  completeness: number;
  sections: ResumeSection[];
}

/* fair, hall, booth */

export interface FairMissing extends MissingItem {
  section: SectionKey;
  title: string;
}

export interface FairScreen {
  fair: Fair;
  me: {
    registered: boolean;
    completeness: number;
    admitted: boolean;
    missing: FairMissing[];
    device_checked_at: string | null;
  } | null;
  server_now: string;
}

export interface MyFairs {
  items: FairCard[];
  open: FairCard[];
}

export interface Employer {
  id: number;
  name: string;
  industry: string;
  nature: string;
  size: string;
  city: string;
  introduction?: string;
}

export interface PositionCard {
  id: number;
  title: string;
  city: string;
  salary_min: number | null;
  salary_max: number | null;
  degree: Degree | null;
  headcount: number | null;
}

export interface PositionDetail extends PositionCard {
  duties: string;
  requirements: string;
  majors: string;
}

export type TicketStatus =
  | 'pending' | 'invited' | 'waiting' | 'held' | 'ringing' | 'in_call'
  | 'concluding' | 'finished' | 'rejected' | 'declined' | 'lapsed' | 'withdrawn';

export interface MyTicketAtBooth {
  interview_id: number;
  status: TicketStatus;
}

export interface BoothCard {
  booth_id: number;
  number: string;
  employer: Employer;
  positions: PositionCard[];
  in_line: number;
  desks_online: number;
  mine: MyTicketAtBooth | null;
}

export interface Hall {
  fair: FairCard;
  items: BoothCard[];
  industries: string[];
  next_cursor: string | null;
}

export interface BoothScreen {
  fair: FairCard;
  booth_id: number;
  number: string;
  employer: Employer;
  positions: PositionDetail[];
  in_line: number;
  desks_online: number;
  mine: MyTicketAtBooth | null;
  can_apply: boolean;
  why_not: string | null;
}

/* interviews */

export type StudentVerb = 'withdraw' | 'agree' | 'decline' | 'answer' | 'pass-ring' | 'return' | 'hang-up';
export type Verdict = 'pass' | 'fail' | 'hold';

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
  in_line: number;
  desks_online: number;
  misses: number;
  ring_expires_at: string | null;
  message: string;
  result: { verdict: Verdict; label: string; remark: string; at: string } | null;
  actions: string[];
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

/* recruiter */

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

/* call */

export interface CallScreen {
  interview_id: number;
  fair_id: number;
  booth_id: number;
  status: TicketStatus;
  side: 'student' | 'recruiter';
  room: string;
  peer: { name: string; title: string };
  employer_name: string;
  position_title: string;
  ring_expires_at: string | null;
  answered_at: string | null;
  talk_seconds: number;
  server_now: string;
  next_page: string;
}

export type { CallCredentials } from '../call/types';
