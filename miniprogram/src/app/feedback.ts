import { isProblem, problemMessage } from '@/shared/api';
import { currentLocale, t, tOptional } from './i18n';

/** A word that passes by itself. */
export function say(title: string): void {
  void uni.showToast({ title, icon: 'none', duration: 2200 });
}

export function messageOf(error: unknown): string {
  return problemMessage(error, {
    own: (code) => tOptional(`problem.${code}`),
    network: t('problem.network'),
    server: isProblem(error) && error.status >= 400 && error.status < 500 ? t('problem.request') : t('problem.server'),
    showsTitle: currentLocale() === 'zh-CN',
  });
}

export const sayProblem = (error: unknown): void => say(messageOf(error));

/** Asks before something that cannot be taken back. */
export function ask(title: string, content: string, confirmText = t('act.confirm'), grave = false): Promise<boolean> {
  return new Promise((resolve) => {
    uni.showModal({
      title,
      content,
      confirmText,
      cancelText: t('act.cancel'),
      confirmColor: grave ? '#b3261e' : '#0b7a75',
      success: (answer) => resolve(answer.confirm),
      fail: () => resolve(false),
    });
  });
}

export function copy(text: string): void {
  uni.setClipboardData({ data: text, showToast: false, success: () => say(t('state.copied')) });
}
