import type { Interviewer } from '@shared/api';

export const MOST_INTERVIEWERS = 20;
const PHONE = /^\+?[0-9][0-9 -]{4,18}$/;

export interface InterviewerFault {
  name: boolean;
  phone: boolean;
}

export const blankInterviewer = (): Interviewer => ({ name: '', title: '', phone: '' });

/** What is sent: trimmed, without the rows that nobody filled in. */
export function tidy(rows: readonly Interviewer[]): Interviewer[] {
  return rows
    .map(({ name, title, phone }) => ({ name: name.trim(), title: title.trim(), phone: phone.trim() }))
    .filter(({ name, title, phone }) => name || title || phone);
}

/** What is wrong with each row; a row that is empty is none. */
export function faultsOf(rows: readonly Interviewer[]): InterviewerFault[] {
  return rows.map(({ name, title, phone }) => ({
    name: !name.trim() && Boolean(title.trim() || phone.trim()),
    phone: Boolean(phone.trim()) && !PHONE.test(phone.trim()),
  }));
}

export const isFine = (rows: readonly Interviewer[]): boolean => faultsOf(rows).every(({ name, phone }) => !name && !phone);
