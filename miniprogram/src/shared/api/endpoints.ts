import type { SyncAnswer, SyncRequest } from '../call/types';
import type { Client, LocalFile } from './client';
import type {
  BoothScreen, CallCredentials, CallMode, CallScreen, HandOverCode, RecruiterTicket, TakenCall, TalkLine, ClientConfig, DeviceCheck, FairScreen, Hall, HallQuery, LoginCode, LoginCodeClaim, LoginRequest,
  Me, MyFairs, MyInterviews, Needs, Notices, Rating, Reach, Receipt, Resume, ResumeContent, Scene, SectionKey, Session, SimilarBooth,
  StudentVerb, Ticket, Upload, UploadPurpose, VisitorPurpose, VisitorUpload,
} from './types';

const seg = (value: string | number) => encodeURIComponent(String(value));

/** Login and the account, for everybody. */
export function accountEndpoints({ call }: Client) {
  return {
    clientConfig: () => call<ClientConfig>('GET', '/client-config'),
    loginMiniprogram: (code: string) => call<Session>('POST', '/login/miniprogram', { body: { code }, open: true }),
    loginExchange: (code: string) => call<Session>('POST', '/login/exchange', { body: { code }, open: true }),
    createLoginCode: (device: string) => call<LoginCode>('POST', '/login/codes', { body: { device }, open: true }),
    claimLoginCode: (ticket: string, secret: string) =>
      call<LoginCodeClaim>('POST', `/login/codes/${seg(ticket)}/claim`, { body: { secret }, open: true }),
    answerLoginCode: (ticket: string, verb: 'scan' | 'confirm' | 'refuse') =>
      call<LoginRequest>('POST', `/login/codes/${seg(ticket)}/${verb}`),
    logout: () => call<void>('DELETE', '/login'),
    me: () => call<Me>('GET', '/me'),
    bindPhone: (code: string) => call<Me>('POST', '/me/phone', { body: { code } }),
    scene: (scene: string) => call<Scene>('GET', `/scenes/${seg(scene)}`),
    presence: (page: string) => call<void>('POST', '/presence', { body: { page } }),
    leave: () => call<void>('DELETE', '/presence'),
    reportSubscriptions: (results: Record<string, string>) => call<void>('POST', '/subscriptions', { body: { results } }),
    asks: (tap: string) => call<{ template_ids: string[] }>('GET', '/subscriptions/asks', { query: { tap } }),
    notifications: (cursor?: string | null) => call<Notices>('GET', '/notifications', { query: { cursor } }),
    readNotification: (id: number) => call<void>('POST', `/notifications/${id}/read`),
  };
}

/** What a student does. */
export function studentEndpoints({ call }: Client) {
  return {
    resume: () => call<Resume>('GET', '/resume'),
    saveResumeSection: <K extends SectionKey>(key: K, content: ResumeContent[K], version?: number) =>
      call<Resume>('PUT', `/resume/sections/${key}`, { body: { content, version }, repeatable: true }),
    myFairs: () => call<MyFairs>('GET', '/screens/my-fairs'),
    fairScreen: (fairId: number) => call<FairScreen>('GET', `/screens/fairs/${fairId}`),
    enterFair: (fairId: number) =>
      call<{ fair_id: number; registered_at: string }>('POST', `/fairs/${fairId}/enter`, { repeatable: true }),
    hall: (fairId: number, query: HallQuery = {}) =>
      call<Hall>('GET', `/screens/fairs/${fairId}/hall`, { query: { ...query } }),
    booth: (boothId: number) => call<BoothScreen>('GET', `/screens/booths/${boothId}`),
    applyForInterview: (boothId: number, wish: { position_id: number | null; anyway?: boolean; slot_at?: string | null }) =>
      call<Ticket>('POST', `/booths/${boothId}/interviews`, { body: wish, repeatable: true }),
    alternatives: (boothId: number) => call<{ items: SimilarBooth[] }>('GET', `/screens/booths/${boothId}/alternatives`),
    myInterviews: (fairId?: number) => call<MyInterviews>('GET', '/screens/my-interviews', { query: { fair_id: fairId } }),
    actOnTicket: (interviewId: number, verb: StudentVerb) =>
      call<Ticket>('POST', `/interviews/${interviewId}/${verb}`, { repeatable: true }),
    receipt: (interviewId: number) => call<Receipt>('GET', `/screens/interviews/${interviewId}/receipt`),
    ringSeen: (interviewId: number) => call<void>('POST', `/interviews/${interviewId}/ring-seen`),
    rateInterview: (interviewId: number, rating: Rating) =>
      call<void>('POST', `/interviews/${interviewId}/ratings`, { body: rating, repeatable: true }),
    needs: () => call<Needs>('GET', '/needs'),
    saveNeeds: (needs: Needs) => call<Needs>('PUT', '/needs', { body: needs, repeatable: true }),
    reportDevices: (check: DeviceCheck) =>
      call<{ id: number; passed: boolean; checked_at: string }>('POST', '/device-checks', { body: check }),
  };
}

/** Files that a form uses afterwards: by their id, or without a login by their claim. */
export function uploadEndpoints({ upload }: Client) {
  // the name is a field of its own: the mini-program names a file after a temporary path
  const form = (file: LocalFile, purpose: UploadPurpose) => ({ file, fields: { purpose, name: file.name } });
  return {
    uploadFile: (file: LocalFile, purpose: UploadPurpose) => upload<Upload>('/uploads', form(file, purpose)),
    uploadVisitorFile: (file: LocalFile, purpose: VisitorPurpose) =>
      upload<VisitorUpload>('/uploads/visitor', form(file, purpose), { open: true }),
  };
}

/** What either side of a call does. */
export function callEndpoints({ call }: Client) {
  return {
    callScreen: (interviewId: number) => call<CallScreen>('GET', `/screens/calls/${interviewId}`),
    /** *room*: one of the further rooms in which colleagues who sit in are met; none: the main one. */
    credentials: (interviewId: number, room = '') =>
      call<CallCredentials>('POST', `/interviews/${interviewId}/credentials`, { body: { room } }),
    switchMode: (interviewId: number, mode: CallMode) => call<void>('POST', `/interviews/${interviewId}/mode`, { body: { mode } }),
    talk: (interviewId: number, after = 0) =>
      call<{ items: TalkLine[] }>('GET', `/interviews/${interviewId}/talk`, { query: { after } }),
    say: (interviewId: number, text: string, isCaption = false) =>
      call<TalkLine>('POST', `/interviews/${interviewId}/talk`, { body: { text, is_caption: isCaption }, repeatable: true }),
    openHandOver: (interviewId: number) => call<HandOverCode>('POST', `/interviews/${interviewId}/hand-over`),
    takeHandOver: (token: string) => call<TakenCall>('POST', `/hand-overs/${seg(token)}/take`, { open: true }),
    extendTalk: (interviewId: number) => call<RecruiterTicket>('POST', `/interviews/${interviewId}/extend`, { repeatable: true }),
    inviteGuest: (interviewId: number, deskId: number) =>
      call<{ reach: Reach }>('POST', `/interviews/${interviewId}/guests`, { body: { desk_id: deskId }, repeatable: true }),
    actAsGuest: (interviewId: number, verb: 'join' | 'leave') => call<void>('POST', `/interviews/${interviewId}/guests/${verb}`),
    syncRoom: (room: string, body: SyncRequest) => call<SyncAnswer>('POST', `/rooms/${seg(room)}/sync`, { body }),
  };
}
