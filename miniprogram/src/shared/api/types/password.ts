/** A captcha: a picture as a data address, or a sum for who does not see it. Good for one answer. */
export interface Captcha {
  id: string;
  kind: 'image' | 'text';
  image: string | null;
  question: string | null;
}

export interface CaptchaAnswer {
  captcha_id: string;
  captcha_answer: string;
}

/** How one's account signs in by password; null when it does not. */
export interface PasswordState {
  username: string | null;
  changed_at: string | null;
}

export type RecoveryWayKind = 'phone' | 'mail';

export interface RecoveryWay {
  kind: RecoveryWayKind;
  masked: string;
  is_available: boolean;
}

export interface Recovery {
  ticket: string;
  ways: RecoveryWay[];
  expires_at: string;
}

export interface RecoveryCode {
  minutes: number;
  resend_seconds: number;
}

/** Whose password may be chosen anew, and until when. */
export interface PasswordReset {
  reset_token: string;
  username: string;
  expires_at: string;
}

export interface AppealForm {
  company_name: string;
  uscc: string;
  applicant: string;
  reason: string;
}

export interface AppealKey {
  number: string;
  phone_tail: string;
}

export interface AppealSubmission {
  /** A visitor's upload; empty keeps the statement of an earlier try. */
  claim: string;
  seal_name: string;
  paper_reason: string;
}

export interface PasswordAppeal extends AppealForm {
  number: string;
  status: 'draft' | 'pending' | 'approved';
  phone_masked: string;
  seal_name: string;
  paper_reason: string;
  has_statement: boolean;
  rejected_reason: string;
  submitted_at: string | null;
  decided_at: string | null;
  /** Of the recovery that an approval opened. */
  ticket: string | null;
  expires_at: string | null;
}
