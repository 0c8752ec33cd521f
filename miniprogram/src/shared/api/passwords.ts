import type { Client } from './client';
import type {
  AppealForm, AppealKey, AppealSubmission, Captcha, CaptchaAnswer, PasswordAppeal, PasswordReset, PasswordState, Recovery, RecoveryCode,
  RecoveryWayKind, Session,
} from './types';

/** Signing in by name and password, and the ways back to a forgotten one. */
export function passwordEndpoints({ call }: Client) {
  const path = (ticket: string) => `/recoveries/${encodeURIComponent(ticket)}`;
  return {
    captcha: (kind: Captcha['kind'] = 'image') => call<Captcha>('GET', '/captcha', { query: { kind }, open: true }),
    loginByPassword: (body: { username: string; password: string } & Partial<CaptchaAnswer>) =>
      call<Session>('POST', '/login/password', { body, open: true }),
    passwordState: () => call<PasswordState>('GET', '/me/password'),
    changePassword: (body: { old: string; new: string; refresh_token: string }) => call<void>('PUT', '/me/password', { body }),
    setPassword: (body: { username: string; password: string; refresh_token: string }) => call<void>('POST', '/me/password', { body }),
    openRecovery: (body: { company: string } & CaptchaAnswer) => call<Recovery>('POST', '/recoveries', { body, open: true }),
    sendRecoveryCode: (ticket: string, way: RecoveryWayKind) => call<RecoveryCode>('POST', `${path(ticket)}/code`, { body: { way }, open: true }),
    proveRecoveryCode: (ticket: string, code: string) => call<PasswordReset>('POST', `${path(ticket)}/proof`, { body: { code }, open: true }),
    lookAtReset: (resetToken: string) => call<PasswordReset>('POST', '/password-resets/look', { body: { reset_token: resetToken }, open: true }),
    resetPassword: (resetToken: string, password: string) =>
      call<void>('POST', '/password-resets', { body: { reset_token: resetToken, password }, open: true }),
    openAppeal: (body: AppealForm & CaptchaAnswer & { phone: string }) => call<PasswordAppeal>('POST', '/password-appeals', { body, open: true }),
    findAppeal: (key: AppealKey) => call<PasswordAppeal>('POST', '/password-appeals/state', { body: key, open: true }),
    changeAppeal: (key: AppealKey, form: AppealForm) => call<PasswordAppeal>('PUT', '/password-appeals', { body: { ...key, ...form }, open: true }),
    submitAppeal: (key: AppealKey, body: AppealSubmission) =>
      call<PasswordAppeal>('POST', '/password-appeals/submit', { body: { ...key, ...body }, open: true }),
  };
}
