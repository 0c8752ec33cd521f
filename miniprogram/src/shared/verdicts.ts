import type { Verdict, Verdicts } from './api';

/** The words of a fair that has named its verdicts nothing of its own; the server sends them in Chinese. */
const COMMON: Record<Verdict, string> = { pass: '合适', fail: '不合适', hold: '待定' };
const IN_ORDER: Verdict[] = ['pass', 'fail', 'hold'];

/** A fair's own word for a verdict; null where it is the common one, which each client says in its reader's language. */
export const ownWord = (verdict: Verdict, label: string | null | undefined): string | null => (label && label !== COMMON[verdict] ? label : null);

/** What a recruiter may choose as result, always in one order; *common*: the word in the reader's language. */
export const choicesOf = (verdicts: Verdicts, common: (verdict: Verdict) => string): { value: Verdict; label: string }[] =>
  IN_ORDER.filter((value) => verdicts[value]).map((value) => ({ value, label: ownWord(value, verdicts[value]) ?? common(value) }));
