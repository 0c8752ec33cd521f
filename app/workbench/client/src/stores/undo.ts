import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';

/** Something that was just done and can still be taken back. */
export interface Offer {
  key: string;
  text: string;
  /** The last moment, in milliseconds of this machine's clock. */
  until: number;
  take: () => Promise<unknown>;
  /** False once somebody else has undone or changed it: the offer is void then. */
  stands?: () => boolean;
}

/** Slips and their way back. It belongs to the booth, not to a page: changing the page loses no undo. */
export const useUndo = defineStore('undo', () => {
  const offers = shallowRef<Offer[]>([]);
  const busy = ref(false);

  /** The newest one is what a person means by "undo". */
  const current = computed<Offer | null>(() => offers.value.at(-1) ?? null);

  /** A second slip of the same kind replaces the first: going back twice would lead to a state nobody saw. */
  function offer(one: Offer): void {
    offers.value = [...offers.value.filter(({ key }) => key !== one.key), one];
  }

  function drop(key: string): void {
    if (offers.value.some((one) => one.key === key)) offers.value = offers.value.filter((one) => one.key !== key);
  }

  /** Forgets what is too late or void. */
  function tidy(now = Date.now()): void {
    const left = offers.value.filter(({ until, stands }) => until > now && (stands?.() ?? true));
    if (left.length !== offers.value.length) offers.value = left;
  }

  /** Takes the newest one back; nothing to do is no failure. */
  async function take(): Promise<boolean> {
    tidy();
    const one = current.value;
    if (!one || busy.value) return false;
    busy.value = true;
    try {
      await one.take();
      return true;
    } finally {
      busy.value = false;
      drop(one.key);
    }
  }

  const clear = () => (offers.value = []);

  return { offers, busy, current, offer, drop, tidy, take, clear };
});
