import type { BoothLine, Meter } from './recruiter';

/** What a student was promised: between these times with 80 %, and the chance of a turn before closing. */
export interface WaitPromise {
  low_at: string;
  high_at: string;
  /** Percent. */
  seen_chance: number;
  made_at: string;
  ahead: number;
  closes_at: string;
}

export interface WaitMinutes {
  low_minutes: number;
  high_minutes: number;
}

/** What a line tells everybody who stands in it. */
export type LineNews = Pick<BoothLine, 'notice' | 'notice_at' | 'late_until' | 'closed'> & Partial<Pick<BoothLine, 'paused'>>;

/** What of a student does not fit who should apply: degrees by their codes, years as digits, majors as they were written. */
export interface Misfit {
  code: 'degree' | 'major' | 'year';
  wanted: string[];
  mine: string;
}

/** A booth's line before joining it. */
export interface StudentLine extends BoothLine {
  /** What of the student does not fit who should apply; applying stays possible. */
  misfits: Misfit[];
  promise: WaitPromise | null;
  slots: string[];
  meter: Meter | null;
}

export interface SlotOffer {
  kind: 'slot';
  slot_at: string;
}

/** A booth like this one whose line is shorter. */
export interface SimilarBooth {
  booth_id: number;
  number: string;
  employer_name: string;
  titles: string[];
  in_line: number;
  seen_chance: number | null;
  wait?: WaitMinutes | null;
}

export type SimilarOffer = SimilarBooth & { kind: 'similar' };

/** What can be kept instead of a place in a line too long; kinds of later versions are passed over. */
export type Offer = SlotOffer | SimilarOffer | { kind: 'recorded' };

/** The extensions of `unlikely-to-be-seen`. */
export interface Refusal {
  seen_chance: number;
  low_at: string;
  high_at: string;
  closes_at: string;
  offers: Offer[];
}

/** One overtake, told without names. */
export interface Overtake {
  at: string;
  because: string;
  text: string;
}

export interface Receipt {
  items: Overtake[];
  explained_percent: number;
}

export interface Rating {
  stars: number;
  tags: string[];
  comment: string;
}

/** How a student needs an interview to be. */
export interface Needs {
  captions: boolean;
  typed_talk: boolean;
  large_type: boolean;
  extra_minutes: number;
}
