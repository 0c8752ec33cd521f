import { MessagePlugin } from 'tdesign-vue-next/es/message';
import { sentenceOf } from '@/api';

const STAYS_MS = 3500;

/** Short sentences at the top of the page; one at a time per text, so that polling cannot pile them up. */
const shown = new Set<string>();

function show(kind: 'success' | 'info' | 'error' | 'warning', content: string): void {
  if (shown.has(content)) return;
  shown.add(content);
  setTimeout(() => shown.delete(content), STAYS_MS);
  void MessagePlugin[kind]({ content, duration: STAYS_MS });
}

export const toast = {
  good: (text: string) => show('success', text),
  note: (text: string) => show('info', text),
  bad: (text: string) => show('error', text),
  problem: (error: unknown) => show('error', sentenceOf(error)),
};
