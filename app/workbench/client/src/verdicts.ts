import type { FairCard, Verdict } from '@shared/api';
import { t } from '@/texts';

export interface VerdictChoice {
  value: Verdict;
  label: string;
  key: string;
}

/** The fair's own words for the verdicts, in its order; a third one (待定) only where the fair names it (E10). */
type FairWithVerdicts = FairCard & { verdicts?: { value: Verdict; label: string }[] };

export function verdictsOf(fair: FairWithVerdicts): VerdictChoice[] {
  const own = fair.verdicts?.length
    ? fair.verdicts
    : (['pass', 'fail'] as const).map((value) => ({ value, label: t(`verdict.${value}`) }));
  return own.map(({ value, label }, at) => ({ value, label, key: String(at + 1) }));
}
