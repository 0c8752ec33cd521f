import type { Verdict } from './api';

/** The words of a fair that has named its verdicts nothing of its own; the server sends them in Chinese. */
const COMMON: Record<Verdict, string> = { pass: '合适', fail: '不合适', hold: '待定' };

/** A fair's own word for a verdict; null where it is the common one, which each client says in its reader's language. */
export const ownWord = (verdict: Verdict, label: string | null | undefined): string | null => (label && label !== COMMON[verdict] ? label : null);
