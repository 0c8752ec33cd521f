import type { Session } from '@shared/api';
import { api } from '@/api';
import { t } from '@/texts';
import { useWatchedCode } from './watched-code';

/** A code by which a phone logs this desk in. */
export const useLoginCode = (confirmed: (session: Session) => void) =>
  useWatchedCode({
    open: () => api.createLoginCode(t('login.device')),
    done: (session) => {
      if (session) confirmed(session);
    },
  });
