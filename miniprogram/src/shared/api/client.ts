import { Problem, type ProblemDocument } from './problem';
import type { SessionKeeper } from './session';
import type { Session } from './types';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A file to send as the platform knows it: a path of the phone's, or what a page's file input gave. */
export interface LocalFile {
  name: string;
  path?: string;
  blob?: Blob;
}

/** A form with one file in it (`multipart/form-data`), in the place of a body. */
export interface WireForm {
  file: LocalFile;
  fields: Record<string, string>;
}

export interface WireRequest {
  method: Method;
  url: string;
  headers: Record<string, string>;
  body?: unknown;
  form?: WireForm;
}

export interface WireResponse {
  status: number;
  body: unknown;
}

/** The one way out: `uni.request` in the phone's client, `fetch` at the desk. Rejects only when no answer came. */
export type Transport = (request: WireRequest) => Promise<WireResponse>;

export interface CallOptions {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  /** A command a phone may repeat: carries an Idempotency-Key, and is tried again when no answer came. */
  repeatable?: boolean;
  /** Goes out without a token and never renews one: login itself. */
  open?: boolean;
}

export interface ClientOptions {
  base: string;
  transport: Transport;
  keeper: SessionKeeper;
  /** Told when the session can no longer be renewed: the person has to log in again. */
  onSignedOut?: () => void;
  newKey?: () => string;
  wait?: (milliseconds: number) => Promise<void>;
}

export type Client = ReturnType<typeof createClient>;

const RETRY_MILLISECONDS = [600, 1800];
/** A full server says when to ask again. */
const LONGEST_WAIT_SECONDS = 10;

export function createClient(options: ClientOptions) {
  const { keeper, transport } = options;
  const newKey = options.newKey ?? randomKey;
  const wait = options.wait ?? ((ms: number) => new Promise<void>((done) => setTimeout(done, ms)));
  let renewal: Promise<Session | null> | null = null;

  async function once(request: WireRequest): Promise<WireResponse> {
    try {
      return await transport(request);
    } catch {
      return { status: 0, body: {} };
    }
  }

  /** A read, or a command with its key, may be repeated when the network or the gateway failed. */
  async function insist(request: WireRequest, may: boolean): Promise<WireResponse> {
    let response = await once(request);
    for (const pause of may ? RETRY_MILLISECONDS : []) {
      const problem = new Problem(response.status, response.body as ProblemDocument);
      if (!problem.isPassing) break;
      await wait(Math.max(pause, 1000 * Math.min(problem.extension<number>('retry_after') ?? 0, LONGEST_WAIT_SECONDS)));
      response = await once(request);
    }
    return response;
  }

  /** Single flight: of ten calls that meet an expired token, one renews and all wait for it. */
  function renew(): Promise<Session | null> {
    renewal ??= exchangeRefreshToken().finally(() => (renewal = null));
    return renewal;
  }

  async function exchangeRefreshToken(): Promise<Session | null> {
    const session = keeper.read();
    if (!session) return null;
    const response = await insist(
      {
        method: 'POST',
        url: `${options.base}/login/renew`,
        headers: { 'Content-Type': 'application/json' },
        body: { refresh_token: session.refresh_token },
      },
      true,
    );
    if (response.status >= 200 && response.status < 300) {
      keeper.write(response.body as Session);
      return response.body as Session;
    }
    if (new Problem(response.status).isPassing) throw new Problem(response.status);
    // another tab may have renewed meanwhile: its session is as good as ours
    const current = keeper.read();
    if (current && current.refresh_token !== session.refresh_token) return current;
    keeper.write(null);
    options.onSignedOut?.();
    return null;
  }

  async function call<T>(method: Method, path: string, call: CallOptions = {}): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (call.body !== undefined) headers['Content-Type'] = 'application/json';
    if (call.repeatable) headers['Idempotency-Key'] = newKey();
    const request: WireRequest = { method, url: options.base + path + queryString(call.query), headers, body: call.body };
    return answerOf<T>(await signed(request, { open: !!call.open, mayRepeat: method === 'GET' || !!call.repeatable }));
  }

  /** Sends a file. Not repeated by itself: it may be large, and whoever waits for it sees that it failed. */
  async function upload<T>(path: string, form: WireForm, { open = false } = {}): Promise<T> {
    const request: WireRequest = { method: 'POST', url: options.base + path, headers: { Accept: 'application/json' }, form };
    return answerOf<T>(await signed(request, { open, mayRepeat: false }));
  }

  /** Sends a request with the session's token, and once more with a renewed one. */
  async function signed(request: WireRequest, { open, mayRepeat }: { open: boolean; mayRepeat: boolean }): Promise<WireResponse> {
    const { headers } = request;
    const token = open ? undefined : keeper.read()?.access_token;
    if (token) headers.Authorization = `Bearer ${token}`;
    let response = await insist(request, mayRepeat);
    if (response.status === 401 && token) {
      const session = keeper.read()?.access_token !== token ? keeper.read() : await renew();
      if (session) {
        headers.Authorization = `Bearer ${session.access_token}`;
        response = await insist(request, mayRepeat);
      }
    }
    return response;
  }

  /** Where a file's link leads: in the mini-program a page has no origin of its own. */
  const address = (link: string): string => options.base.replace(/\/api$/, '') + link;

  return { call, upload, address, renew, session: () => keeper.read() };
}

function answerOf<T>(response: WireResponse): T {
  if (response.status >= 200 && response.status < 300) return response.body as T;
  throw new Problem(response.status, isDocument(response.body) ? response.body : {});
}

const isDocument = (body: unknown): body is ProblemDocument => typeof body === 'object' && body !== null;

export function queryString(query: CallOptions['query'] = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
  return parts.length ? `?${parts.join('&')}` : '';
}

/** A version 4 UUID; the mini-program has no `crypto.randomUUID`, and a key need not be secret. */
export function randomKey(): string {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(Math.random() * 16).toString(16));
}
