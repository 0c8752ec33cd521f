import type { Misfit } from '@/shared/api';
import { t, tOptional } from '@/app/i18n';

/** Several words in one line, as the reader's language strings them. */
export const listed = (words: (string | number)[]): string => words.join(t('line.wanted.join'));

/** What does not fit, in the reader's language; majors stay as they were written. */
export function misfitText({ code, wanted, mine }: Misfit): string {
  const name = (value: string) => (code === 'degree' ? (tOptional(`degree.${value}`) ?? value) : value);
  return t(`line.wanted.misfits.${code}`, { wanted: listed(wanted.map(name)), mine: name(mine) });
}
