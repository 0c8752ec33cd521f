import { computed, ref } from 'vue';
import { createTranslator, type Keys, type Locale } from '@shared/i18n/translator';
import en from './en';
import zhCN from './zh-CN';

export type TextKey = Keys<typeof zhCN>;
export type { Locale };

const current = ref<Locale>('zh-CN');
export const locale = computed(() => current.value);

const translator = createTranslator<typeof zhCN>({ 'zh-CN': zhCN, en }, current);
export const t = translator.t;
export const tOptional = translator.tOptional;

export type WordGroup = 'phase' | 'degree' | 'status' | 'verdict' | 'reason' | 'level' | 'mode' | 'booking' | 'enrolmentStatus' | 'changeStatus';

/** A word for a value of the server; a value that is newer than this client is shown as it is. */
export function word(group: WordGroup, value: string | null | undefined): string {
  return value ? (translator.tOptional(`${group}.${value}`) ?? value) : '';
}

export function setLocale(next: Locale): void {
  current.value = next;
  document.documentElement.lang = next;
}
