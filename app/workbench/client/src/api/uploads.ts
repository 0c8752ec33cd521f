import { Problem } from '@shared/api';
import type { ProblemDocument } from '@shared/api/problem';
import { api } from '@/api';

export interface Uploaded {
  id: number;
  name: string;
  media_type: string;
  size: number;
  url: string;
}

const PATIENCE_MS = 120_000;

/** Sends a file with its progress in percent; a worn-out session is renewed once. */
export async function uploadFile(file: File, purpose: string, progress: (percent: number) => void): Promise<Uploaded> {
  const first = await send(file, purpose, progress);
  if (first.status !== 401) return answerOf(first);
  await api.client.renew();
  return answerOf(await send(file, purpose, progress));
}

interface Answer { status: number; text: string }

/** `fetch` tells nothing of an upload's progress. */
function send(file: File, purpose: string, progress: (percent: number) => void): Promise<Answer> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/uploads');
    request.timeout = PATIENCE_MS;
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Authorization', `Bearer ${api.client.session()?.access_token ?? ''}`);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(Math.round((event.loaded / event.total) * 100));
    };
    request.onload = () => done({ status: request.status, text: request.responseText });
    request.onerror = request.ontimeout = request.onabort = () => done({ status: 0, text: '' });
    const form = new FormData();
    form.append('file', file);
    form.append('purpose', purpose);
    request.send(form);
  });
}

function answerOf({ status, text }: Answer): Uploaded {
  const body = parsed(text);
  if (status >= 200 && status < 300 && body) return body as unknown as Uploaded;
  throw new Problem(status, body ?? {});
}

function parsed(text: string): ProblemDocument | null {
  try {
    return JSON.parse(text) as ProblemDocument;
  } catch {
    return null;
  }
}
