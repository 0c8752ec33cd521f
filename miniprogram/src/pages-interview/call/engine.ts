import { ref, shallowRef } from 'vue';
import {
  createCall, SideCalls, type Call, type CallFault, type CallMode, type CallState, type CloseReason, type MediaFault, type PeerPresence,
  type SideLink, type SideView, type TrackKind,
} from '@/shared/call';
import { Problem } from '@/shared/api';
import { api } from '@/app/api';
import { chosenDevices } from '@/app/devices';
import { pulseRoom } from '@/app/realtime';

/** The call engine as a page sees it. H5 only: the mini-program's stage does not import it. */
export function useCallEngine(interviewId: () => number, ownRoom: () => string) {
  const state = ref<CallState>('preparing');
  const fault = ref<CallFault | null>(null);
  const reason = ref<CloseReason | null>(null);
  const peer = ref<PeerPresence>({ present: false, audioMuted: false, videoMuted: false, silent: false });
  const muted = ref<Record<TrackKind, boolean>>({ audio: false, video: false });
  const deviceFaults = ref<Partial<Record<TrackKind, MediaFault>>>({});
  const talkSeconds = ref(0);
  const local = shallowRef<MediaStream | null>(null);
  const remote = shallowRef<MediaStream | null>(null);
  const guests = shallowRef<SideView[]>([]);
  let call: Call | null = null;
  let links: SideLink[] = [];

  const side = new SideCalls(
    (room) => ({
      credentials: () => api.credentials(interviewId(), room).catch(refusal),
      sync: (name, request) => api.syncRoom(name, request).catch(refusal),
      pulse: pulseRoom,
      loadAgora: () => import('agora-rtc-sdk-ng'),
    }),
    (views) => (guests.value = views),
  );

  function start(mode: CallMode): void {
    close();
    state.value = 'preparing';
    fault.value = reason.value = null;
    deviceFaults.value = {};
    muted.value = { audio: false, video: false };
    call = createCall({
      credentials: () => api.credentials(interviewId(), ownRoom()).catch(refusal),
      sync: (room, request) => api.syncRoom(room, request).catch(refusal),
      pulse: pulseRoom,
      mode,
      devices: chosenDevices(),
      loadAgora: () => import('agora-rtc-sdk-ng'),
      onState: (next, detail) => {
        state.value = next;
        fault.value = detail.fault ?? null;
        reason.value = detail.reason ?? null;
        if (next === 'closed') side.meet([], null);
      },
      onLocalStream: (stream) => (local.value = stream),
      onRemoteStream: (stream) => (remote.value = stream),
      onTalkSeconds: (seconds) => (talkSeconds.value = seconds),
      onPeer: (presence) => (peer.value = presence),
      onDeviceFault: (kind, found) => (deviceFaults.value = { ...deviceFaults.value, [kind]: found }),
    });
    void call.start().then(() => meet(links));
  }

  function setMuted(kind: TrackKind, on: boolean): void {
    call?.setMuted(kind, on);
    side.muted();
    muted.value = { ...muted.value, [kind]: on };
  }

  async function setMode(mode: CallMode, mine: boolean): Promise<void> {
    if (!call) return;
    if (state.value === 'failed' && fault.value !== 'unreachable') return start(mode); // its devices are released
    await call.setMode(mode, mine);
    side.setMode(mode);
    muted.value = { ...call.muted };
    if (mode === 'text') deviceFaults.value = {};
  }

  /** Colleagues who sit in; they come and go while the call runs. */
  function meet(wanted: SideLink[]): void {
    links = wanted;
    if (call && ['connecting', 'connected', 'recovering'].includes(call.state)) side.meet(links, call);
  }

  function close(): void {
    side.close();
    call?.close();
    call = null;
  }

  return {
    state, fault, reason, peer, muted, deviceFaults, talkSeconds, local, remote, guests, start, setMuted, setMode, meet, close,
    flip: () => call?.switchCamera() ?? Promise.resolve(),
    nudge: () => {
      call?.nudge();
      side.nudge();
    },
    hangUp: () => call?.hangUp() ?? Promise.resolve(),
  };
}

/** The engine reads status and code of a refusal. */
function refusal(error: unknown): never {
  if (error instanceof Problem) throw Object.assign(new Error(error.code), { status: error.status || undefined, code: error.code });
  throw error;
}
