import type { AppealForm, PasswordAppeal } from '@shared/api';
import type { TextKey } from '@/texts';

export interface AppealDraft extends AppealForm {
  phone: string;
}

export type AppealFaults = Partial<Record<keyof AppealDraft, string>>;

export const emptyDraft = (): AppealDraft => ({ company_name: '', uscc: '', applicant: '', phone: '', reason: '' });

export const draftOf = ({ company_name, uscc, applicant, reason }: PasswordAppeal): AppealDraft => ({ company_name, uscc, applicant, phone: '', reason });

export const formOf = ({ company_name, uscc, applicant, reason }: AppealDraft): AppealForm => ({
  company_name: company_name.trim(),
  uscc: uscc.trim(),
  applicant: applicant.trim(),
  reason: reason.trim(),
});

/** What is missing, before a person waits for nothing; the phone only while it may be given. */
export function faultsOf(draft: AppealDraft, withPhone: boolean): Partial<Record<keyof AppealDraft, TextKey>> {
  const found: Partial<Record<keyof AppealDraft, TextKey>> = {};
  if (draft.company_name.trim().length < 2) found.company_name = 'recover.needCompany';
  if (draft.uscc.replace(/\s/g, '').length !== 18) found.uscc = 'appeal.needUscc';
  if (draft.applicant.trim().length < 2) found.applicant = 'appeal.needApplicant';
  if (withPhone && !/^1\d{10}$/.test(draft.phone.trim())) found.phone = 'appeal.needPhone';
  if (draft.reason.trim().length < 5) found.reason = 'appeal.needReason';
  return found;
}

/** Full or half width, however spaced: as the server compares names and reasons. */
export const sameText = (one: string, other: string): boolean => normal(one) === normal(other);
const normal = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');
