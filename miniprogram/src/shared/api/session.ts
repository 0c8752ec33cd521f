import type { Session } from './types';

/** Where the session is kept between visits: storage of the phone, of the browser, or memory in a test. */
export interface SessionKeeper {
  read(): Session | null;
  write(session: Session | null): void;
}

export function memoryKeeper(initial: Session | null = null): SessionKeeper {
  let current = initial;
  return { read: () => current, write: (session) => (current = session) };
}
