import { createApi, type SessionKeeper, type Session, type Transport, type WireForm, type WireRequest, type WireResponse } from '@/shared/api';
import { apiBase } from './addresses';
import { arrived } from './arrival';
import { currentAddress, replaceWith } from './navigate';
import { storage } from './storage';

const TIMEOUT_MS = 15_000;
/** A photo over a slow line. */
const UPLOAD_TIMEOUT_MS = 120_000;

/** `uni.request`, and `uni.uploadFile` for files, are the one way out on both targets. */
const transport: Transport = async (request) => {
  // the exchange itself is what everybody else waits for
  if (!request.url.endsWith('/login/exchange')) await arrived();
  return request.form ? sendForm(request, request.form) : send(request);
};

const send: Transport = (request) =>
  new Promise((resolve, reject) => {
    uni.request({
      url: request.url,
      method: request.method,
      header: request.headers,
      data: request.body === undefined ? undefined : JSON.stringify(request.body),
      timeout: TIMEOUT_MS,
      success: (answer) => resolve({ status: answer.statusCode, body: parsed(answer.data) }),
      fail: reject,
    });
  });

const sendForm = (request: WireRequest, form: WireForm): Promise<WireResponse> =>
  new Promise((resolve, reject) => {
    uni.uploadFile({
      url: request.url,
      filePath: form.file.path ?? '',
      name: 'file',
      formData: form.fields,
      header: request.headers,
      timeout: UPLOAD_TIMEOUT_MS,
      success: (answer) => resolve({ status: answer.statusCode, body: parsed(answer.data) }),
      fail: reject,
    });
  });

/** `application/problem+json` is not parsed by every platform. */
function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return {};
  }
}

const sessionListeners = new Set<(session: Session | null) => void>();

export const keeper: SessionKeeper = {
  read: () => storage.read<Session>('session'),
  write(session) {
    storage.write('session', session);
    sessionListeners.forEach((listener) => listener(session));
  },
};

export const onSession = (listener: (session: Session | null) => void): void => void sessionListeners.add(listener);

export const api = createApi({
  base: apiBase(),
  transport,
  keeper,
  // logged out elsewhere, or away too long: the person logs in again and returns to where he was
  onSignedOut: () => replaceWith('login', { next: currentAddress() }),
});
