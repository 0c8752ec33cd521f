import { ref } from 'vue';
import type { CallCredentials, CallFault, CallMode, CallState, CloseReason } from '@/shared/call/types';
import { RoomSync } from '@/shared/call/roomsync';
import { TIMING } from '@/shared/call/timing';
import { api } from '@/app/api';
import { pulseRoom } from '@/app/realtime';
import { loadVideoSdk, type MiniAgoraClient } from '@/lib/sdk-slot';

/**
 * The call in the mini-program, through the operator's Agora SDK: it gives the addresses that live-pusher and
 * live-player use. Room sync is the same as on the web, so the server's talk clock counts here too.
 */
export function useMiniEngine(interviewId: () => number) {
  const state = ref<CallState>('preparing');
  const fault = ref<CallFault | null>(null);
  const reason = ref<CloseReason | null>(null);
  const talkSeconds = ref(0);
  const peerPresent = ref(true);
  const pushUrl = ref('');
  const playUrl = ref('');
  let client: MiniAgoraClient | null = null;
  let mode: CallMode = 'video';
  let sync: RoomSync | null = null;
  let credentials: CallCredentials | null = null;

  function become(next: CallState, found: CallFault | null = null): void {
    state.value = next;
    fault.value = found;
  }

  async function start(): Promise<void> {
    const sdk = loadVideoSdk();
    if (!sdk) return become('failed', 'unsupported');
    become('connecting');
    try {
      credentials = await api.credentials(interviewId());
      const agora = credentials.agora;
      if (!agora) return become('failed', 'unsupported');
      client = new sdk.Client();
      const line = client;
      listen(line);
      await step((done, failed) => line.init(agora.app_id, done, failed));
      await step((done, failed) => line.join(agora.token, agora.channel, agora.uid, done, failed));
      pushUrl.value = await step<string>((done, failed) => line.publish(done, failed));
      sync = openSync(credentials.room);
      await sync.open();
    } catch {
      become('failed', 'unreachable');
    }
  }

  function listen(line: MiniAgoraClient): void {
    line.on('stream-added', ({ uid }) => {
      void step<string>((done, failed) => line.subscribe(uid, done, failed)).then((url) => (playUrl.value = url), () => become('recovering'));
    });
    line.on('stream-removed', () => {
      playUrl.value = '';
      flowing(false);
    });
    line.on('error', () => become('recovering'));
  }

  function openSync(room: string): RoomSync {
    return new RoomSync(
      {
        post: (request) => api.syncRoom(room, request),
        pulse: (request) => pulseRoom(room, request),
        token: () => credentials?.sync_token ?? '',
        received: () => undefined,
        answered: (answer) => {
          talkSeconds.value = answer.talk_seconds;
          const seen = answer.peer_seen_at === null ? null : Date.parse(answer.peer_seen_at);
          peerPresent.value = seen !== null && Date.parse(answer.server_now) - seen < TIMING.peerGoneAfter;
          if (mode === 'text') flowing(peerPresent.value);
        },
        ended: (why) => finish(why),
        refused: () => finish('ended'),
        renew: async () => {
          credentials = await api.credentials(interviewId());
          if (credentials.agora) client?.renewToken?.(credentials.agora.token);
        },
      },
      TIMING,
    );
  }

  /** live-player's word that pictures arrive, or that they stopped. */
  function flowing(now: boolean): void {
    sync?.report(now);
    if (state.value === 'failed' || state.value === 'closed') return;
    become(now ? 'connected' : 'recovering');
  }

  /** Typed talk counts as long as the other side is there; pictures report themselves. */
  function setMode(next: CallMode): void {
    mode = next;
  }

  function finish(why: CloseReason): void {
    stop();
    reason.value = why;
    become('closed');
  }

  function stop(): void {
    sync?.stop();
    sync = null;
    client?.leave();
    client = null;
    pushUrl.value = playUrl.value = '';
  }

  async function end(): Promise<void> {
    await sync?.leave({ kind: 'bye', body: {} });
    finish('here');
  }

  return { state, fault, reason, talkSeconds, peerPresent, pushUrl, playUrl, setMode, start, stop, end, flowing };
}

function step<T = void>(run: (done: (value: T) => void, failed: (error: unknown) => void) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => run(resolve, reject));
}
