import type { WireForm, WireRequest, WireResponse } from '@shared/api';

const PATIENCE_MS = 20_000;
/** A scanned paper over a slow line. */
const UPLOAD_PATIENCE_MS = 120_000;

/** The desk's one way out: `fetch`, given up on after 20 s, with a file after two minutes. Rejects only when no answer came. */
export async function browserTransport(request: WireRequest): Promise<WireResponse> {
  // eslint-disable-next-line no-restricted-globals -- this is the one place
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    body: request.form ? formOf(request.form) : request.body === undefined ? undefined : JSON.stringify(request.body),
    signal: AbortSignal.timeout(request.form ? UPLOAD_PATIENCE_MS : PATIENCE_MS),
    cache: 'no-store',
    credentials: 'omit',
  });
  return { status: response.status, body: await bodyOf(response) };
}

/** The browser itself names the content type, with the boundary that it chose. */
function formOf({ file, fields }: WireForm): FormData {
  if (!file.blob) throw new TypeError('the desk sends what a file input gave');
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file.blob, file.name);
  return form;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return {}; // a gateway's HTML page: the status says enough
  }
}
