export type EmployerStatus = 'draft' | 'submitted' | 'active' | 'returned' | 'suspended';
export type Entry = 'platform' | 'centre' | 'school';
export type Gate = 'centre' | 'platform' | 'school';
export type PaperKind = 'authorisation_letter' | 'business_licence' | 'organisation_code' | 'school_licence';

/** What the wizard offers to choose from. */
export interface RegistrationStart {
  entries: { entry: Entry; gates: Gate[]; wants_school: boolean }[];
  schools: { id: number; name: string }[];
  provinces: string[];
  natures: string[];
  /** Natures that show a 办学许可证. */
  educational: string[];
  industries: string[];
  sizes: string[];
  services: { code: string; name: string }[];
  most_tags: number;
  review_hours: number;
  support: string;
}

/** What is told of a code: enough to recognise one's own company. */
export interface KnownEmployer {
  code_fits: boolean;
  is_known: boolean;
  is_active: boolean;
  name_masked: string;
  has_admin: boolean;
}

/** Step ①; `is_sure` insists on a code whose check digit fails. */
export interface CompanyDraft {
  name: string;
  code: string;
  is_sure: boolean;
  entry: Entry;
  school_id: number | null;
}

export interface Registrant {
  username: string;
  password: string;
  name: string;
  phone: string;
  email: string;
  captcha_id: string;
  captcha_answer: string;
}

export interface Certification {
  province: string;
  city: string;
  address: string;
  phone: string;
  email: string;
  recruiting_email: string;
  postcode: string;
  nature: string;
  industry: string;
  size: string;
  /** In 10,000 yuan. */
  capital: number | null;
  tags: string[];
  is_one_licence: boolean;
}

export interface Paper {
  kind: PaperKind;
  upload_id: number;
  name: string;
  media_type: string;
  size: number;
  /** Good for some minutes. */
  url: string;
}

export interface Registration {
  id: number;
  name: string;
  code: string;
  code_fits: boolean;
  status: EmployerStatus;
  entry: Entry;
  school_id: number | null;
  gates: { gate: Gate; state: 'passed' | 'here' | 'ahead' }[];
  submitted_at: string | null;
  due_at: string | null;
  is_overdue: boolean;
  /** Why it came back, or was suspended. */
  reason: string;
  can_edit: boolean;
  certification: Certification;
  services: string[];
  papers: Paper[];
  needed_papers: PaperKind[];
  missing: { pointer: string; detail: string }[];
  saved_at: string;
}

export interface JoinWish {
  code: string;
  kind: 'join' | 'claim';
  name: string;
  title: string;
  note: string;
  letter_id: number | null;
}

export interface MembershipRequest {
  id: number;
  kind: 'join' | 'claim';
  employer_name: string;
  status: 'pending' | 'approved' | 'declined' | 'withdrawn';
  reason: string;
  created_at: string;
}

export interface RegistrationScreen {
  account: { name: string; username: string | null; phone_masked: string | null; has_wechat: boolean };
  registration: Registration | null;
  request: MembershipRequest | null;
}

export interface Company {
  id: number;
  name: string;
  is_admin: boolean;
  members: { id: number; name: string; title: string; is_admin: boolean; is_me: boolean; since: string }[];
  requests: { id: number; name: string; title: string; note: string; phone_masked: string; created_at: string }[];
}
