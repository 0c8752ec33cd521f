import { computed, ref, shallowRef } from 'vue';
import type { Captcha, CaptchaAnswer } from '@shared/api';
import { api } from '@/api';

/** A captcha and what was typed for it. Each is good for one answer: whoever sent one renews it. */
export function useCaptcha() {
  const captcha = shallowRef<Captcha | null>(null);
  const answer = ref('');
  const hasFailed = ref(false);
  const kind = ref<Captcha['kind']>('image');
  let generation = 0;

  async function renew(): Promise<void> {
    const mine = ++generation;
    captcha.value = null;
    answer.value = '';
    hasFailed.value = false;
    try {
      const fresh = await api.captcha(kind.value);
      if (mine === generation) captcha.value = fresh;
    } catch {
      if (mine === generation) hasFailed.value = true;
    }
  }

  function turn(): Promise<void> {
    kind.value = kind.value === 'image' ? 'text' : 'image';
    return renew();
  }

  const body = computed<CaptchaAnswer>(() => ({ captcha_id: captcha.value?.id ?? '', captcha_answer: answer.value.trim() }));
  const isAnswered = computed(() => !!captcha.value && answer.value.trim() !== '');
  return { captcha, answer, hasFailed, kind, renew, turn, body, isAnswered };
}

export type CaptchaHolder = ReturnType<typeof useCaptcha>;
