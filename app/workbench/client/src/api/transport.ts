import type { WireRequest, WireResponse } from '@shared/api';

const PATIENCE_MS = 20_000;

/** The desk's one way out: `fetch`, given up on after 20 s. Rejects only when no answer came. */
export async function browserTransport(request: WireRequest): Promise<WireResponse> {
  // eslint-disable-next-line no-restricted-globals -- this is the one place
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
    signal: AbortSignal.timeout(PATIENCE_MS),
    cache: 'no-store',
    credentials: 'omit',
  });
  return { status: response.status, body: await bodyOf(response) };
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
