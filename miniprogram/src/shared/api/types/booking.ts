import type { FairCard } from './fair';

export type FairLevel = 'provincial' | 'school';
export type FairMode = 'live' | 'recorded' | 'offline';
/** Whether employers may book a fair now, and why not. */
export type BookingState = 'open' | 'switched_off' | 'not_yet' | 'over' | 'postponed' | 'fair_over';
export type EnrolmentStatus = 'draft' | 'pending' | 'waitlisted' | 'approved' | 'rejected' | 'disqualified' | 'withdrawn';
export type ChangeStatus = 'pending' | 'confirmed' | 'declined' | 'recalled';

export interface Named {
  id: number;
  name: string;
}

export interface BookableFair extends FairCard {
  daily_opens: string;
  daily_closes: string;
  level: FairLevel;
  mode: FairMode;
  booking: BookingState;
  bookings_open_at: string | null;
  bookings_close_at: string | null;
  doors_open_at: string;
  contact_employer: string;
  /** Changes after submission hold at once, without the staff's word. */
  changes_directly: boolean;
}

/** What one of my employers has at a fair. */
export interface MineAtFair {
  employer: Named;
  enrolment_id: number | null;
  status: EnrolmentStatus | null;
  booth_id: number | null;
  booth_status: 'open' | 'disqualified' | 'withdrawn' | null;
}

export interface FairToBook extends BookableFair {
  admitted: number;
  most_employers: number;
  mine: MineAtFair[];
}

export interface FairsToBook {
  items: FairToBook[];
  employers: Named[];
  next_cursor: string | null;
}

export interface EmployerFacts extends Named {
  uscc: string;
  nature: string;
  industry: string;
  size: string;
  city: string;
  introduction: string;
}

export interface PlanPlace {
  id: number;
  number: string;
  area: string;
  row: number;
  col: number;
  note: string;
  state: 'free' | 'reserved' | 'held' | 'taken' | 'mine';
  employer_name: string;
}

export interface OfferedPosition {
  id: number;
  title: string;
  city: string;
  headcount: number;
  majors: string;
  status: string;
  is_approved: boolean;
}

export interface Interviewer {
  name: string;
  title: string;
  phone: string;
}

export interface EnrolmentChange {
  id: number;
  status: ChangeStatus;
  positions: OfferedPosition[];
  interviewers: Interviewer[];
  note: string;
  answer: string;
  asked_at: string;
}

export interface Enrolment {
  id: number;
  status: EnrolmentStatus;
  fair: BookableFair;
  employer: Named;
  place: { id: number; number: string; area: string } | null;
  positions: OfferedPosition[];
  interviewers: Interviewer[];
  /** What staff said with their last decision. */
  answer: string;
  /** The place on the wait-list, from 1. */
  rank: number | null;
  booth_id: number | null;
  booth_number: string | null;
  created_at: string;
  submitted_at: string | null;
  decided_at: string | null;
  change: EnrolmentChange | null;
  may: { edit: boolean; change: boolean; withdraw: boolean; enter: boolean };
}

export interface BookingScreen {
  fair: FairToBook;
  employers: Named[];
  employer: EmployerFacts;
  enrolment: Enrolment | null;
  plan: PlanPlace[];
  positions: OfferedPosition[];
}

/** What an employer brings to a fair. */
export interface BroughtAlong {
  position_ids: number[];
  interviewers: Interviewer[];
}
