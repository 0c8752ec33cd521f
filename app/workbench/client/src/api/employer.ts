import type { Api } from '@shared/api';

/** What only the desk asks: an employer's positions, and its places at schools. Named as the server names it. */
export type PositionStatus = 'draft' | 'pending' | 'published' | 'withdrawn' | 'deleted';
export type PositionKind = 'full_time' | 'internship' | 'part_time';
export type DegreeBar = '不限' | '专科' | '本科' | '硕士' | '博士';
export type SettlementStatus = 'open' | 'awaiting' | 'settled';

export interface OwnEmployer {
  id: number;
  name: string;
}

/** What a posting tells. Pay in yuan a month, 0: not said yet; `valid_until` its last day, as 2026-11-21. */
export interface PositionDetails {
  title: string;
  kind: PositionKind;
  province: string;
  city: string;
  address: string;
  salary_min: number;
  salary_max: number;
  months_paid: number;
  degree: DegreeBar;
  headcount: number;
  majors: string[];
  graduation_years: number[];
  welfare: string[];
  duties: string;
  requirements: string;
  valid_until: string | null;
  school_ids: number[];
}

/** Words that a reviewer will look at, by their place in a field. */
export interface PositionFlag {
  category: string;
  word: string;
  level: 'review' | 'warn';
  field: string;
  start: number;
  end: number;
  phrase: string;
  note: string;
}

export interface Position extends PositionDetails {
  id: number;
  status: PositionStatus;
  version: number;
  review_reason: string;
  submitted_at: string | null;
  published_at: string | null;
  flags: PositionFlag[];
}

export interface TargetSchool {
  id: number;
  name: string;
  shown: boolean;
}

export interface OwnPosition {
  id: number;
  title: string;
  kind: PositionKind;
  city: string;
  salary_min: number;
  salary_max: number;
  headcount: number;
  status: PositionStatus;
  valid_until: string | null;
  over: boolean;
  review_reason: string;
  submitted_at: string | null;
  schools: TargetSchool[];
}

export interface OwnPositions {
  employer: OwnEmployer;
  counts: Record<string, number>;
  items: OwnPosition[];
  next_cursor: string | null;
}

/** A school to aim at; not `settled`: the settlement has ended since it was chosen. */
export interface ChoiceOfSchool extends TargetSchool {
  settled: boolean;
}

export interface PositionForm {
  employer: OwnEmployer;
  position: Position | null;
  schools: ChoiceOfSchool[];
}

export interface Settlement {
  school_id: number;
  status: SettlementStatus;
  return_reason: string;
  applied_at: string | null;
  settled_since: string | null;
}

export interface OwnSchool extends Settlement {
  name: string;
  short_name: string;
}

export interface OwnSchools {
  employer: OwnEmployer;
  counts: Record<string, number>;
  items: OwnSchool[];
  next_cursor: string | null;
}

interface ListQuery {
  q?: string;
  status?: string;
  cursor?: string | null;
}

export function employerEndpoints({ call }: Api['client']) {
  const positions = (employerId: number) => `/employers/${employerId}/positions`;
  const one = (employerId: number, positionId: number) => `${positions(employerId)}/${positionId}`;
  const page = (employerId: number) => `/screens/recruiter/employers/${employerId}`;
  const settlement = (employerId: number, schoolId: number) => `/employers/${employerId}/schools/${schoolId}/settlement`;
  return {
    ownEmployers: () => call<{ employers: OwnEmployer[] }>('GET', '/screens/recruiter/employers'),
    ownPositions: (employerId: number, query: ListQuery = {}) => call<OwnPositions>('GET', `${page(employerId)}/positions`, { query: { ...query } }),
    positionForm: (employerId: number, positionId: number | null) => call<PositionForm>('GET', `${page(employerId)}/positions/${positionId ?? 'new'}`),
    draftPosition: (employerId: number, body: PositionDetails) => call<Position>('POST', positions(employerId), { body, repeatable: true }),
    savePosition: (employerId: number, positionId: number, body: PositionDetails & { version: number }) =>
      call<Position>('PUT', one(employerId, positionId), { body, repeatable: true }),
    submitPosition: (employerId: number, positionId: number, version: number) =>
      call<Position>('POST', `${one(employerId, positionId)}/submit`, { body: { version }, repeatable: true }),
    recallPosition: (employerId: number, positionId: number) => call<Position>('POST', `${one(employerId, positionId)}/recall`, { repeatable: true }),
    retargetPosition: (employerId: number, positionId: number, schoolIds: number[]) =>
      call<Position>('PUT', `${one(employerId, positionId)}/targets`, { body: { school_ids: schoolIds }, repeatable: true }),
    discardPosition: (employerId: number, positionId: number) => call<void>('DELETE', one(employerId, positionId)),
    withdrawPositions: (employerId: number, ids: number[]) =>
      call<{ withdrawn: number }>('POST', `${positions(employerId)}/withdraw`, { body: { ids }, repeatable: true }),
    ownSchools: (employerId: number, query: ListQuery = {}) => call<OwnSchools>('GET', `${page(employerId)}/schools`, { query: { ...query } }),
    applyForSettlement: (employerId: number, schoolId: number) => call<Settlement>('POST', settlement(employerId, schoolId), { repeatable: true }),
    withdrawSettlement: (employerId: number, schoolId: number) => call<Settlement>('DELETE', settlement(employerId, schoolId), { repeatable: true }),
  };
}
