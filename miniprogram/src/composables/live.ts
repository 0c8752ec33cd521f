import { onHide, onShow, onUnload } from '@dcloudio/uni-app';
import { LINE_NEWS_MS, Refresher } from '@/shared/realtime/refresher';
import type { RealtimeEvent } from '@/shared/realtime/socket';
import { api } from '@/app/api';
import { clientConfig, connected, listenTo, onRealtime } from '@/app/realtime';

export interface LivePage {
  page: string;
  read: () => Promise<void>;
  /** Kinds of events after which the page is read again. */
  kinds: string[];
  topics?: () => string[];
  /** How soon an event is read, in ms: undefined at once, null not at all. */
  pace?: (event: RealtimeEvent) => number | null | undefined;
  /** How often it is read while the socket works, where no event tells what it shows. */
  slowSeconds?: number | (() => number);
  /** Something on it does not bear waiting when a crowd reads again. */
  presses?: () => boolean;
}

/** A page that stays right by itself: events while the socket stands, polling while it is cut, nothing while hidden. */
export function useLivePage(live: LivePage) {
  let stopListening: (() => void) | null = null;
  const refresher = new Refresher({
    read: async () => {
      await live.read();
      listenTo(live.topics?.() ?? []);
    },
    connected: () => connected.value,
    pollSeconds: () => clientConfig.value?.poll_seconds ?? 10,
    renewPresence: () => api.presence(live.page),
    slowSeconds: live.slowSeconds,
    presses: live.presses,
  });

  function leave(): void {
    refresher.stop();
    stopListening?.();
    stopListening = null;
  }

  function hear(event: RealtimeEvent): void {
    if (!live.kinds.includes(event.kind)) return;
    const pace = live.pace ? live.pace(event) : event.kind === 'queue.changed' ? LINE_NEWS_MS : undefined;
    if (pace !== null) refresher.soon(pace);
  }

  onShow(() => {
    stopListening ??= onRealtime(hear, (seconds) => refresher.catchUp(seconds));
    void refresher.start();
  });
  onHide(leave);
  onUnload(leave);
  return { refresh: () => refresher.now() };
}
