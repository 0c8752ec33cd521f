import type { FairCard, Verdict, Verdicts } from '@shared/api';
import { word } from '@/texts';
import { choicesOf, ownWord } from '@shared/verdicts';

export interface VerdictChoice {
  value: Verdict;
  label: string;
  key: string;
}

/** A fair names its verdicts in its own words; the third one (待定) is there only where it is allowed (E10). */
export type FairWithVerdicts = FairCard & { verdicts?: Verdicts };

export function verdictsOf(fair: FairWithVerdicts): VerdictChoice[] {
  const own = fair.verdicts ?? { pass: word('verdict', 'pass'), fail: word('verdict', 'fail') };
  return choicesOf(own, (verdict) => word('verdict', verdict)).map((choice, at) => ({ ...choice, key: String(at + 1) }));
}

/** A verdict in the fair's own word, or in the common one. */
export const verdictWord = (verdict: Verdict, label: string | null | undefined): string => ownWord(verdict, label) ?? word('verdict', verdict);
