import type { LoginCodeStatus } from './account';
import type { StudentLine, WaitMinutes } from './line';
import type { Degree, MissingItem, SectionKey } from './resume';

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
  /** Percent; null where nothing is known yet. */
  seen_chance: number | null;
  wait: WaitMinutes | null;
  closed: boolean;
  paused: boolean;
}

export interface HallQuery {
  q?: string;
  industry?: string;
  /** The shortest wait first; by booth number without it. */
  sort?: 'wait' | '';
  /** Only booths that take applications. */
  open?: boolean | '';
  cursor?: string | null;
}

export interface Hall {
  fair: FairCard;
  items: BoothCard[];
  industries: string[];
  next_cursor: string | null;
}

export interface BoothScreen extends Omit<BoothCard, 'positions'> {
  fair: FairCard;
  positions: PositionDetail[];
  can_apply: boolean;
  /** Why not, in Chinese; `why_code`: the refusal that applying would meet, blank without one. */
  why_not: string | null;
  why_code: string;
  line: StudentLine;
}
