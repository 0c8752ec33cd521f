import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { setLocale, type Locale } from '@/texts';

export type Theme = 'auto' | 'light' | 'dark';
interface Kept {
  locale: Locale;
  theme: Theme;
  sound: boolean;
  camera: string;
  microphone: string;
  lastBooth: number | null;
  lastEmployer: number | null;
  devicesChecked: boolean;
}

const KEY = 'shuangxuan.desk.preferences';
const DEFAULTS: Kept = {
  locale: 'zh-CN', theme: 'auto', sound: true, camera: '', microphone: '', lastBooth: null, lastEmployer: null, devicesChecked: false,
};

function kept(): Kept {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Kept>) };
  } catch {
    return { ...DEFAULTS };
  }
}

/** What one recruiter chose on this machine. */
export const usePreferences = defineStore('preferences', () => {
  const chosen = ref<Kept>(kept());
  const systemDark = ref(false);
  const dark = computed(() => (chosen.value.theme === 'auto' ? systemDark.value : chosen.value.theme === 'dark'));

  function followSystem(): void {
    const query = window.matchMedia('(prefers-color-scheme: dark)');
    systemDark.value = query.matches;
    query.addEventListener('change', (event) => (systemDark.value = event.matches));
  }

  watch(chosen, (value) => localStorage.setItem(KEY, JSON.stringify(value)), { deep: true });
  watch(() => chosen.value.locale, setLocale, { immediate: true });
  watch(
    dark,
    (on) => {
      const { dataset } = document.documentElement;
      dataset.scheme = on ? 'dark' : 'light'; // our tokens
      document.documentElement.setAttribute('theme-mode', on ? 'dark' : 'light'); // TDesign's
    },
    { immediate: true },
  );

  return { chosen, dark, followSystem };
});
