import type { Client } from './client';
import type { BookingScreen, BroughtAlong, FairsToBook, Registration } from './types';

export interface FairSearch {
  level?: string;
  mode?: string;
  q?: string;
  cursor?: string | null;
}

/** How an employer comes to a fair: finding it, registering, changing, leaving. */
export function bookingEndpoints({ call }: Client) {
  const post = (registrationId: number, verb: string, body?: unknown) =>
    call<Registration>('POST', `/registrations/${registrationId}/${verb}`, { ...(body !== undefined && { body }), repeatable: true });
  return {
    fairsToBook: (query: FairSearch = {}) => call<FairsToBook>('GET', '/screens/recruiter/fairs', { query: { ...query } }),
    booking: (fairId: number, employerId?: number) =>
      call<BookingScreen>('GET', `/screens/recruiter/fairs/${fairId}/booking`, { query: { employer_id: employerId } }),
    myRegistrations: () => call<{ items: Registration[] }>('GET', '/screens/recruiter/registrations'),
    startRegistration: (fairId: number, employerId: number) =>
      call<Registration>('POST', `/fairs/${fairId}/registrations`, { body: { employer_id: employerId }, repeatable: true }),
    saveRegistration: (registrationId: number, body: BroughtAlong & { place_id: number | null }) =>
      call<Registration>('PUT', `/registrations/${registrationId}`, { body, repeatable: true }),
    submitRegistration: (registrationId: number) => post(registrationId, 'submit'),
    withdrawRegistration: (registrationId: number, reason: string) => post(registrationId, 'withdraw', { reason }),
    askRegistrationChange: (registrationId: number, body: BroughtAlong & { note: string }) => post(registrationId, 'changes', body),
    recallRegistrationChange: (registrationId: number) => post(registrationId, 'changes/recall'),
  };
}
