import type { FairCard, Verdict } from '@shared/api';
import { t } from '@/texts';

export interface VerdictChoice {
  value: Verdict;
  label: string;
  key: string;
}

/** A fair names its verdicts in its own words; the third one (待定) is there only where it is allowed (E10). */
export type FairWithVerdicts = FairCard & { verdicts?: Partial<Record<Verdict, string>> };

const IN_ORDER: Verdict[] = ['pass', 'fail', 'hold'];

export function verdictsOf(fair: FairWithVerdicts): VerdictChoice[] {
  const own = fair.verdicts ?? { pass: t('verdict.pass'), fail: t('verdict.fail') };
  return IN_ORDER.flatMap((value, at) => (own[value] ? [{ value, label: own[value], key: String(at + 1) }] : []));
}
