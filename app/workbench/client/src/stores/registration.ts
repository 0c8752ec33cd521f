import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CompanyDraft, Entry, Registration, RegistrationScreen, RegistrationStart } from '@shared/api';
import { api } from '@/api';
import { useSession } from '@/stores/session';

const KEY = 'shuangxuan.desk.registration.company';
export const BLANK: CompanyDraft = { name: '', code: '', is_sure: false, entry: 'platform', school_id: null };

/** Step ① lies in this browser until there is an account that it can belong to. */
export const companyDraft = {
  read(): CompanyDraft {
    try {
      return { ...BLANK, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<CompanyDraft>) };
    } catch {
      return { ...BLANK };
    }
  },
  write: (draft: CompanyDraft) => localStorage.setItem(KEY, JSON.stringify(draft)),
  drop: () => localStorage.removeItem(KEY),
};

export const STEPS = [1, 2, 3, 4, 5] as const;
export type Step = (typeof STEPS)[number];
const LICENCES = ['business_licence', 'organisation_code', 'school_licence'];

/** In which step a missing thing is put right: `#/papers/business_licence` in the third. */
export function stepOf(pointer: string): Step {
  const [, group = '', name = ''] = pointer.split('/');
  if (group === 'company') return 1;
  if (group === 'papers') return LICENCES.includes(name) ? 3 : 2;
  return group === 'certification' ? 3 : 4;
}

/** One registration: what the server has of it, and where the applicant stands in it. */
export const useRegistration = defineStore('registration', () => {
  const start = shallowRef<RegistrationStart | null>(null);
  const screen = shallowRef<RegistrationScreen | null>(null);
  const failure = ref<unknown>(null);
  const step = ref<Step>(1);
  const session = useSession();

  const registration = computed(() => screen.value?.registration ?? null);
  const missing = computed(() => registration.value?.missing ?? []);
  const isWaiting = computed(() => registration.value !== null && !registration.value.can_edit);

  async function load(): Promise<void> {
    failure.value = null;
    try {
      start.value ??= await api.registrationStart();
      screen.value = session.signedIn ? await api.registrationScreen() : null;
    } catch (error) {
      failure.value = error;
    }
  }

  /** Reads again how it stands, without a word when that fails: it is asked again anyway. */
  async function refresh(): Promise<void> {
    try {
      if (session.signedIn) screen.value = await api.registrationScreen();
    } catch {
      // the next time
    }
  }

  function adopt(next: Registration): void {
    if (screen.value) screen.value = { ...screen.value, registration: next };
  }

  /** The first step in which something is missing; the last one when nothing is. */
  function firstOpenStep(): Step {
    return missing.value.reduce<Step>((least, one) => (stepOf(one.pointer) < least ? stepOf(one.pointer) : least), 4);
  }

  const isDone = (which: Step): boolean => {
    if (!registration.value) return false;
    if (which === 5) return screen.value?.account.has_wechat ?? false;
    return isWaiting.value || !missing.value.some((one) => stepOf(one.pointer) === which);
  };

  const wantsSchool = (entry: Entry): boolean => start.value?.entries.find((one) => one.entry === entry)?.wants_school ?? false;

  function forget(): void {
    screen.value = null;
    step.value = 1;
  }

  return { start, screen, failure, step, registration, missing, isWaiting, load, refresh, adopt, firstOpenStep, isDone, wantsSchool, forget };
});
