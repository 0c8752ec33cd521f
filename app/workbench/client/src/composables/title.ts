import { onBeforeUnmount, watch } from 'vue';

const OWN = () => document.title.replace(/^\(\d+\)\s*/, '');

/** The browser tab shows how many wait, so that a recruiter in another tab sees it. */
export function useTitleBadge(count: () => number, title: () => string): void {
  watch([count, title], ([n, text]) => (document.title = n > 0 ? `(${n}) ${text}` : text), { immediate: true });
  onBeforeUnmount(() => (document.title = OWN()));
}
