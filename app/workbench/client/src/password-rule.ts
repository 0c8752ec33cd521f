import type { TextKey } from '@/texts';

const SHORTEST = 10;

/** What is wrong with a new password, as the server would say it. */
export function weaknessOf(password: string, username: string): TextKey | null {
  if ([...password].length < SHORTEST) return 'password.tooShort';
  if (/^\p{Nd}+$/u.test(password)) return 'password.onlyDigits';
  return password.toLowerCase() === username.trim().toLowerCase() ? 'password.isName' : null;
}
