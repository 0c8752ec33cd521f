import type { Client } from './client';
import type {
  Certification, Company, CompanyDraft, JoinWish, KnownEmployer, LoginCode, MembershipRequest, PaperKind, Registrant,
  Registration, RegistrationScreen, RegistrationStart, Session,
} from './types';

/** Registering an employer, joining one, and answering those who want to. */
export function registrationEndpoints({ call }: Client) {
  return {
    registrationStart: () => call<RegistrationStart>('GET', '/screens/registration/start', { open: true }),
    registrationScreen: () => call<RegistrationScreen>('GET', '/screens/registration'),
    lookUpEmployer: (code: string) => call<KnownEmployer>('POST', '/registration/lookup', { body: { code }, open: true }),
    openRegistrant: (body: Registrant) => call<Session>('POST', '/registration/accounts', { body, open: true }),
    openRegistration: (body: CompanyDraft & { person: string; title: string }) =>
      call<Registration>('POST', '/registration', { body, repeatable: true }),
    saveCompany: (body: CompanyDraft) => call<Registration>('PUT', '/registration/company', { body }),
    saveCertification: (body: Partial<Certification>) => call<Registration>('PUT', '/registration/certification', { body }),
    saveServices: (services: string[]) => call<Registration>('PUT', '/registration/services', { body: { services } }),
    putPaper: (kind: PaperKind, uploadId: number) =>
      call<Registration>('PUT', `/registration/papers/${kind}`, { body: { upload_id: uploadId } }),
    removePaper: (kind: PaperKind) => call<Registration>('DELETE', `/registration/papers/${kind}`),
    submitRegistration: () => call<Registration>('POST', '/registration/submit', { repeatable: true }),
    recallRegistration: () => call<Registration>('POST', '/registration/recall', { repeatable: true }),
    askToJoin: (body: JoinWish) => call<MembershipRequest>('POST', '/memberships', { body, repeatable: true }),
    recallRequest: (id: number) => call<{ id: number; status: string }>('POST', `/memberships/${id}/recall`, { repeatable: true }),
    members: () => call<{ companies: Company[] }>('GET', '/screens/members'),
    approveJoin: (id: number) => call<{ id: number; status: string }>('POST', `/memberships/${id}/approve`, { repeatable: true }),
    declineJoin: (id: number, reason: string) =>
      call<{ id: number; status: string }>('POST', `/memberships/${id}/decline`, { body: { reason }, repeatable: true }),
    /** A code by which a phone gives its WeChat to this account; claimed like a login code. */
    openBindingCode: (device: string) => call<LoginCode>('POST', '/me/wechat/codes', { body: { device } }),
  };
}
