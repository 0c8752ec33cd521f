import { ref } from 'vue';
import { createTranslator, type Keys, type Locale } from '@/shared/i18n/translator';
import en from '@/shared/i18n/en';
import zhCN from '@/shared/i18n/zh-CN';
import { storage } from './storage';

export type MessageKey = Keys<typeof zhCN>;

const locale = ref<Locale>(storage.read<Locale>('locale') ?? 'zh-CN');

export const { t, tOptional } = createTranslator<typeof zhCN>({ 'zh-CN': zhCN, en }, locale);

export function setLocale(next: Locale): void {
  locale.value = next;
  storage.write('locale', next);
}

/** Why an employer said no: in Chinese its own words, else ours for the code. */
export const reasonOf = (ticket: { reason_code: string | null; reason_label: string | null }): string =>
  (locale.value === 'zh-CN' ? undefined : tOptional(`recruiter.reason.${ticket.reason_code}`)) ?? ticket.reason_label ?? '';

export const currentLocale = () => locale.value;
export const useI18n = () => ({ t, tOptional, locale });
