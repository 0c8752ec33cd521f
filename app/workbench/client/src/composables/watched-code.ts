import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import type { LoginCode, LoginCodeStatus, Session } from '@shared/api';
import { api, sentenceOf } from '@/api';

const ASK_EVERY_MS = 1500;
const DONE: CodeState[] = ['claimed', 'confirmed'];
export type CodeState = LoginCodeStatus | 'loading' | 'failed';

interface Watch {
  open: () => Promise<LoginCode>;
  /** The phone has answered yes; the session comes with it where the code logs in. */
  done: (session: Session | null) => void;
  /** Whether a refusal to open a code says that there is nothing left to do. */
  isDone?: (error: unknown) => boolean;
}

/** One code after another, watched until a phone has answered. The secret never leaves this page. */
export function useWatchedCode({ open, done, isDone = () => false }: Watch) {
  const code = shallowRef<LoginCode | null>(null);
  const state = ref<CodeState>('loading');
  const failure = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let generation = 0;

  async function renew(): Promise<void> {
    const mine = ++generation;
    clearTimeout(timer);
    state.value = 'loading';
    failure.value = '';
    try {
      const fresh = await open();
      if (mine !== generation) return;
      code.value = fresh;
      state.value = 'pending';
      plan(mine);
    } catch (error) {
      if (mine !== generation) return;
      if (isDone(error)) return done(null);
      failure.value = sentenceOf(error);
      state.value = 'failed';
    }
  }

  function plan(mine: number): void {
    timer = setTimeout(() => void ask(mine), ASK_EVERY_MS);
  }

  async function ask(mine: number): Promise<void> {
    const shown = code.value;
    if (!shown || mine !== generation) return;
    try {
      const answer = await api.claimLoginCode(shown.ticket, shown.secret);
      if (mine !== generation) return;
      state.value = answer.session ? 'confirmed' : answer.status;
      if (DONE.includes(state.value)) return done(answer.session ?? null);
    } catch {
      // a lost question is asked again; the code itself says when it is too old
      if (mine === generation && Date.parse(shown.expires_at) < Date.now()) state.value = 'expired';
    }
    if (mine === generation && (state.value === 'pending' || state.value === 'scanned')) plan(mine);
  }

  onMounted(() => void renew());
  onBeforeUnmount(() => {
    generation += 1;
    clearTimeout(timer);
  });
  return { code, state, failure, renew };
}
