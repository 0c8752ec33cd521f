import type { Client } from './client';
import type { RecruiterBooth, RecruiterHall, RecruiterInterview, RecruiterTicket, ResumeContent, Talent, Talents, Verdict } from './types';

export type RecruiterVerb = 'accept' | 'ring' | 'cancel-ring' | 'hang-up' | 'nudge';

/** What a recruiter does, on the phone and at the desk. */
export function recruiterEndpoints({ call }: Client) {
  return {
    redeemRecruiterCode: (token: string, body: { name: string; title: string }) =>
      call<{ booth_id: number; fair_id: number; employer_name: string }>(
        'POST', `/recruiter-codes/${encodeURIComponent(token)}/redeem`, { body, repeatable: true },
      ),
    recruiterHome: () => call<{ booths: RecruiterBooth[] }>('GET', '/screens/recruiter'),
    takeDesk: (boothId: number) => call<{ desk_id: number; label: string }>('POST', `/booths/${boothId}/desk`, { repeatable: true }),
    recruiterHall: (boothId: number) => call<RecruiterHall>('GET', `/screens/recruiter/booths/${boothId}/hall`),
    recruiterInterview: (interviewId: number) => call<RecruiterInterview>('GET', `/screens/recruiter/interviews/${interviewId}`),
    actOnInterview: (interviewId: number, verb: RecruiterVerb) =>
      call<RecruiterTicket>('POST', `/interviews/${interviewId}/${verb}`, { repeatable: true }),
    rejectInterview: (interviewId: number, reason: string) =>
      call<RecruiterTicket>('POST', `/interviews/${interviewId}/reject`, { body: { reason }, repeatable: true }),
    concludeInterview: (interviewId: number, body: { verdict: Verdict; remark: string }) =>
      call<RecruiterTicket>('POST', `/interviews/${interviewId}/conclude`, { body, repeatable: true }),
    saveNotes: (interviewId: number, notes: string) =>
      call<RecruiterTicket>('PUT', `/interviews/${interviewId}/notes`, { body: { notes }, repeatable: true }),
    ringNext: (boothId: number) => call<RecruiterTicket>('POST', `/booths/${boothId}/ring-next`, { repeatable: true }),
    talents: (boothId: number, query: { q?: string; degree?: string; cursor?: string | null } = {}) =>
      call<Talents>('GET', `/screens/recruiter/booths/${boothId}/talents`, { query }),
    talent: (boothId: number, studentId: number) =>
      call<Talent & { content: ResumeContent; completeness: number }>(
        'GET', `/screens/recruiter/booths/${boothId}/talents/${studentId}`,
      ),
    inviteTalent: (boothId: number, body: { student_id: number; position_id: number | null; message: string }) =>
      call<RecruiterTicket>('POST', `/booths/${boothId}/invitations`, { body, repeatable: true }),
  };
}
