import type { Client } from './client';
import type { BookingScreen, BroughtAlong, FairsToBook, Enrolment } from './types';

export interface FairSearch {
  level?: string;
  mode?: string;
  q?: string;
  cursor?: string | null;
}

/** How an employer comes to a fair: finding it, registering, changing, leaving. */
export function bookingEndpoints({ call }: Client) {
  const post = (enrolmentId: number, verb: string, body?: unknown) =>
    call<Enrolment>('POST', `/enrolments/${enrolmentId}/${verb}`, { ...(body !== undefined && { body }), repeatable: true });
  return {
    fairsToBook: (query: FairSearch = {}) => call<FairsToBook>('GET', '/screens/recruiter/fairs', { query: { ...query } }),
    booking: (fairId: number, employerId?: number) =>
      call<BookingScreen>('GET', `/screens/recruiter/fairs/${fairId}/booking`, { query: { employer_id: employerId } }),
    myEnrolments: () => call<{ items: Enrolment[] }>('GET', '/screens/recruiter/enrolments'),
    startEnrolment: (fairId: number, employerId: number) =>
      call<Enrolment>('POST', `/fairs/${fairId}/enrolments`, { body: { employer_id: employerId }, repeatable: true }),
    saveEnrolment: (enrolmentId: number, body: BroughtAlong & { place_id: number | null }) =>
      call<Enrolment>('PUT', `/enrolments/${enrolmentId}`, { body, repeatable: true }),
    submitEnrolment: (enrolmentId: number) => post(enrolmentId, 'submit'),
    withdrawEnrolment: (enrolmentId: number, reason: string) => post(enrolmentId, 'withdraw', { reason }),
    askEnrolmentChange: (enrolmentId: number, body: BroughtAlong & { note: string }) => post(enrolmentId, 'changes', body),
    recallEnrolmentChange: (enrolmentId: number) => post(enrolmentId, 'changes/recall'),
  };
}
