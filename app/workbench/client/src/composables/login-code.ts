import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import type { LoginCode, LoginCodeStatus, Session } from '@shared/api';
import { api } from '@/api';
import { t } from '@/texts';

const ASK_EVERY_MS = 1500;
const OVER: LoginCodeStatus[] = ['expired', 'refused', 'claimed', 'confirmed'];
export type CodeState = LoginCodeStatus | 'loading' | 'failed';

/** One login code after another, watched until the phone has answered. The secret never leaves this page. */
export function useLoginCode(confirmed: (session: Session) => void) {
  const code = shallowRef<LoginCode | null>(null);
  const state = ref<CodeState>('loading');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let generation = 0;

  async function renew(): Promise<void> {
    const mine = ++generation;
    clearTimeout(timer);
    state.value = 'loading';
    try {
      const fresh = await api.createLoginCode(t('login.device'));
      if (mine !== generation) return;
      code.value = fresh;
      state.value = 'pending';
      plan(mine);
    } catch {
      if (mine === generation) state.value = 'failed';
    }
  }

  function plan(mine: number): void {
    timer = setTimeout(() => void ask(mine), ASK_EVERY_MS);
  }

  async function ask(mine: number): Promise<void> {
    const mineCode = code.value;
    if (!mineCode || mine !== generation) return;
    try {
      const answer = await api.claimLoginCode(mineCode.ticket, mineCode.secret);
      if (mine !== generation) return;
      state.value = answer.status;
      if (answer.session) {
        state.value = 'confirmed';
        confirmed(answer.session);
        return;
      }
    } catch {
      // a lost question is asked again; the code itself says when it is too old
      if (mine === generation && Date.parse(mineCode.expires_at) < Date.now()) state.value = 'expired';
    }
    if (mine === generation && !OVER.includes(state.value as LoginCodeStatus)) plan(mine);
  }

  onMounted(() => void renew());
  onBeforeUnmount(() => {
    generation += 1;
    clearTimeout(timer);
  });
  return { code, state, renew };
}
