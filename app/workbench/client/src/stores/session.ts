import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ClientConfig, Me, Session } from '@shared/api';
import { api, isProblem } from '@/api';
import { browserKeeper } from '@/api/keeper';

/** Who sits at this desk. */
export const useSession = defineStore('session', () => {
  const session = shallowRef<Session | null>(browserKeeper.read());
  const me = shallowRef<Me | null>(null);
  const config = shallowRef<ClientConfig | null>(null);

  const signedIn = computed(() => session.value !== null);
  const name = computed(() => me.value?.name ?? session.value?.account.name ?? '');

  function adopt(next: Session): void {
    browserKeeper.write(next);
    session.value = next;
    me.value = null;
  }

  /** Takes what storage says: another tab may have logged in or out. */
  function reread(): void {
    session.value = browserKeeper.read();
    if (!session.value) me.value = null;
  }

  /** Takes a new token, which knows what the account may do by now; without one the old serves on. */
  async function renew(): Promise<void> {
    await api.client.renew().catch(() => null);
    reread();
  }

  async function loadMe(): Promise<Me> {
    me.value = await api.me();
    return me.value;
  }

  async function loadConfig(): Promise<ClientConfig> {
    config.value ??= await api.clientConfig();
    return config.value;
  }

  async function logOut(): Promise<void> {
    try {
      await api.logout();
    } catch (error) {
      // already invalid at the server, or no network: this machine forgets it either way
      if (!isProblem(error)) throw error;
    }
    browserKeeper.write(null);
    reread();
  }

  return { session, me, config, signedIn, name, adopt, reread, renew, loadMe, loadConfig, logOut };
});
