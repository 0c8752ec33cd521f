import type { Session, SessionKeeper } from '@shared/api';

const KEY = 'shuangxuan.desk.session';

/** The session outlives a reload (a call must survive one) and is shared by the browser's tabs. */
export const browserKeeper: SessionKeeper = {
  read() {
    try {
      const text = localStorage.getItem(KEY);
      return text ? (JSON.parse(text) as Session) : null;
    } catch {
      return null;
    }
  },
  write(session) {
    if (session) localStorage.setItem(KEY, JSON.stringify(session));
    else localStorage.removeItem(KEY);
  },
};

/** Tells when another tab logged in or out. */
export function onSessionElsewhere(told: () => void): () => void {
  const listen = (event: StorageEvent) => {
    if (event.key === KEY) told();
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}
