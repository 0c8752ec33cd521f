import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { Me, Session } from '@/shared/api';
import { api, keeper, onSession } from '@/app/api';
import { startRealtime, stopRealtime } from '@/app/realtime';

/** Who uses this phone. */
export const useSession = defineStore('session', () => {
  const session = ref<Session | null>(keeper.read());
  const me = ref<Me | null>(null);
  const isIn = computed(() => session.value !== null);
  const isRecruiter = computed(() => !!session.value?.account.roles.includes('recruiter') || !!me.value?.roles.includes('recruiter'));
  const name = computed(() => me.value?.name || session.value?.account.name || '');

  onSession((next) => {
    session.value = next;
    if (next) void startRealtime();
    else {
      me.value = null;
      stopRealtime();
    }
  });

  const begin = (next: Session): void => keeper.write(next);

  async function loadMe(): Promise<Me | null> {
    if (!keeper.read()) return null;
    me.value = await api.me();
    return me.value;
  }

  async function logOut(): Promise<void> {
    // the server forgets the session when it can; this phone forgets it in any case
    await api.logout().catch(() => undefined);
    keeper.write(null);
  }

  return { session, me, isIn, isRecruiter, name, begin, loadMe, logOut };
});
