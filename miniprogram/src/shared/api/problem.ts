/** One failed call: the server's problem document (RFC 9457), or code `network` when no answer came. */
export interface ProblemDocument {
  type?: string;
  title?: string;
  detail?: string;
  status?: number;
  instance?: string;
  errors?: { pointer: string; detail: string }[];
  [extension: string]: unknown;
}

export class Problem extends Error {
  readonly code: string;
  readonly title: string;
  readonly detail: string;

  constructor(
    readonly status: number,
    readonly document: ProblemDocument = {},
  ) {
    const code = status === 0 ? 'network' : codeOf(document, status);
    super(`${status} ${code}`);
    this.name = 'Problem';
    this.code = code;
    this.title = document.title ?? '';
    this.detail = document.detail ?? '';
  }

  /** No answer at all, or a gateway that answers in the server's place: worth trying again. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  /** What the server found wrong, by the field's JSON pointer (`/content/name`). */
  fieldErrors(): Record<string, string> {
    return Object.fromEntries((this.document.errors ?? []).map((e) => [e.pointer, e.detail]));
  }

  extension<T>(name: string): T | undefined {
    return this.document[name] as T | undefined;
  }
}

/** The last part of the problem's type names the broken rule: `…/resume-incomplete`. */
function codeOf(document: ProblemDocument, status: number): string {
  const name = (document.type ?? '').split(/[/#:]/).pop() ?? '';
  return name && name !== 'blank' ? name : `http-${status}`;
}

export const isProblem = (error: unknown, code?: string): error is Problem =>
  error instanceof Problem && (code === undefined || error.code === code);

export interface ProblemTexts {
  /** Words of our own by problem code, when they say more than the server's title. */
  own(code: string): string | undefined;
  network: string;
  server: string;
  /** The server's titles are Chinese: shown as they are only when the reader reads Chinese. */
  showsTitle: boolean;
}

/** The sentence a person reads for a failed call. */
export function problemMessage(error: unknown, texts: ProblemTexts): string {
  if (!(error instanceof Problem)) return texts.server;
  if (error.code === 'network') return texts.network;
  const own = texts.own(error.code);
  if (own) return own;
  if (texts.showsTitle && error.status < 500) return error.detail || error.title || texts.server;
  return texts.server;
}
