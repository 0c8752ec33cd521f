import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { api } from '@/api';
import type { OwnEmployer } from '@/api/employer';

/** The employers this person acts for. */
export const useEmployers = defineStore('employers', () => {
  const all = shallowRef<OwnEmployer[] | null>(null);
  const failure = ref<unknown>(null);

  async function load(): Promise<void> {
    failure.value = null;
    try {
      all.value = (await api.ownEmployers()).employers;
    } catch (error) {
      failure.value = error;
    }
  }

  /** The one to open where the address names none: the last one, if it is still theirs. */
  function firstChoice(last: number | null): number | null {
    const found = all.value?.find((one) => one.id === last) ?? all.value?.[0];
    return found?.id ?? null;
  }

  return { all, failure, load, firstChoice };
});
