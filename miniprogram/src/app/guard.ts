import { useSession } from '@/stores/session';
import { arrived } from './arrival';
import { currentAddress, pageUrl, replaceWith } from './navigate';
import { beginSignIn, entersByItself } from './sign-in';

/** For pages that need a person: inside WeChat login happens by itself, elsewhere the login page asks. */
export async function ensureSignedIn(): Promise<boolean> {
  await arrived();
  if (useSession().isIn) return true;
  const next = currentAddress();
  if (entersByItself()) {
    try {
      if (await beginSignIn(next)) return true;
    } catch {
      // WeChat refused or the network is gone: the login page says so and offers to try again
    }
  }
  replaceWith('login', { next });
  return false;
}

export const loginUrl = (next: string): string => pageUrl('login', { next });
