import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue';
import { isProblem, type LoginCode } from '@shared/api';
import { api, sentenceOf } from '@/api';
import { browserName } from '@/browser-name';
import type { CodeState } from './login-code';

const ASK_EVERY_MS = 1500;

/** A code by which a phone gives its WeChat to whoever sits here, watched until it has. */
export function useBindingCode(bound: () => void) {
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
      const fresh = await api.openBindingCode(browserName(navigator.userAgent));
      if (mine !== generation) return;
      code.value = fresh;
      state.value = 'pending';
      plan(mine);
    } catch (error) {
      if (mine !== generation) return;
      if (isProblem(error, 'we-chat-bound')) return bound();
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
      state.value = answer.status;
    } catch {
      // asked again; the code itself says when it is too old
      if (mine === generation && Date.parse(shown.expires_at) < Date.now()) state.value = 'expired';
    }
    if (mine !== generation) return;
    if (state.value === 'claimed' || state.value === 'confirmed') bound();
    else if (state.value === 'pending' || state.value === 'scanned') plan(mine);
  }

  onMounted(() => void renew());
  onBeforeUnmount(() => {
    generation += 1;
    clearTimeout(timer);
  });
  return { code, state, failure, renew };
}
