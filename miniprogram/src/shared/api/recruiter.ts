import type { Client } from './client';
import type {
  BoothLine, LineChange, RecruiterBooth, RecruiterHall, RecruiterInterview, RecruiterTicket, ResumeContent, Talent, Talents, Verdict,
} from './types';

export type RecruiterVerb = 'accept' | 'ring' | 'cancel-ring' | 'take-call' | 'turn-down' | 'hang-up' | 'nudge' | 'take-back';

/** What a recruiter does, on the phone and at the desk. */
export function recruiterEndpoints({ call }: Client) {
  return {
    redeemRecruiterCode: (token: string, body: { name: string; title: string }) =>
      call<{ booth_id: number; fair_id: number; employer_name: string }>(
        'POST', `/recruiter-codes/${encodeURIComponent(token)}/redeem`, { body, repeatable: true },
      ),
    recruiterHome: () => call<{ booths: RecruiterBooth[] }>('GET', '/screens/recruiter'),
    takeDesk: (boothId: number) => call<{ desk_id: number; label: string }>('POST', `/booths/${boothId}/desk`, { repeatable: true }),
    /** The heads of the hall's lists; *whole*: every row of them. */
    recruiterHall: (boothId: number, whole = false) =>
      call<RecruiterHall>('GET', `/screens/recruiter/booths/${boothId}/hall`, whole ? { query: { whole } } : {}),
    recruiterInterview: (interviewId: number) => call<RecruiterInterview>('GET', `/screens/recruiter/interviews/${interviewId}`),
    actOnInterview: (interviewId: number, verb: RecruiterVerb) =>
      call<RecruiterTicket>('POST', `/interviews/${interviewId}/${verb}`, { repeatable: true }),
    rejectInterview: (interviewId: number, body: { reason_code: string; reason: string }) =>
      call<RecruiterTicket>('POST', `/interviews/${interviewId}/reject`, { body, repeatable: true }),
    /** To a colleague's desk, or (null) to whichever desk is free first. */
    transferInterview: (interviewId: number, deskId: number | null) =>
      call<RecruiterTicket>('POST', `/interviews/${interviewId}/transfer`, { body: { desk_id: deskId }, repeatable: true }),
    inviteToSecondRound: (interviewId: number, message: string) =>
      call<RecruiterTicket>('POST', `/interviews/${interviewId}/second-round`, { body: { message }, repeatable: true }),
    rateAttendance: (interviewId: number, body: { stars: number; tags: string[]; comment: string }) =>
      call<void>('POST', `/interviews/${interviewId}/ratings`, { body, repeatable: true }),
    boothLine: (boothId: number) => call<BoothLine>('GET', `/screens/recruiter/booths/${boothId}/line`),
    changeLine: (boothId: number, body: LineChange) => call<BoothLine>('PUT', `/booths/${boothId}/line`, { body, repeatable: true }),
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
