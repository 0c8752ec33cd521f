import { ref, shallowRef } from 'vue';
import { createCall, type Call, type CallFault, type CallState, type CloseReason, type MediaFault, type PeerPresence, type TrackKind } from '@/shared/call';
import { Problem } from '@/shared/api';
import { api } from '@/app/api';
import { chosenDevices } from '@/app/devices';

/** The call engine as a page sees it. H5 only: the mini-program's stage does not import it. */
export function useCallEngine(interviewId: () => number) {
  const state = ref<CallState>('preparing');
  const fault = ref<CallFault | null>(null);
  const reason = ref<CloseReason | null>(null);
  const peer = ref<PeerPresence>({ present: false, audioMuted: false, videoMuted: false });
  const muted = ref<Record<TrackKind, boolean>>({ audio: false, video: false });
  const deviceFaults = ref<Partial<Record<TrackKind, MediaFault>>>({});
  const talkSeconds = ref(0);
  const local = shallowRef<MediaStream | null>(null);
  const remote = shallowRef<MediaStream | null>(null);
  let call: Call | null = null;

  function start(): void {
    close();
    state.value = 'preparing';
    fault.value = reason.value = null;
    deviceFaults.value = {};
    call = createCall({
      credentials: () => api.credentials(interviewId()).catch(refusal),
      sync: (room, request) => api.syncRoom(room, request).catch(refusal),
      devices: chosenDevices(),
      loadAgora: () => import('agora-rtc-sdk-ng'),
      onState: (next, detail) => {
        state.value = next;
        fault.value = detail.fault ?? null;
        reason.value = detail.reason ?? null;
      },
      onLocalStream: (stream) => (local.value = stream),
      onRemoteStream: (stream) => (remote.value = stream),
      onTalkSeconds: (seconds) => (talkSeconds.value = seconds),
      onPeer: (presence) => (peer.value = presence),
      onDeviceFault: (kind, found) => (deviceFaults.value = { ...deviceFaults.value, [kind]: found }),
    });
    void call.start();
  }

  function setMuted(kind: TrackKind, on: boolean): void {
    call?.setMuted(kind, on);
    muted.value = { ...muted.value, [kind]: on };
  }

  function close(): void {
    call?.close();
    call = null;
  }

  return {
    state, fault, reason, peer, muted, deviceFaults, talkSeconds, local, remote, start, setMuted, close,
    flip: () => call?.switchCamera() ?? Promise.resolve(),
    nudge: () => call?.nudge(),
    hangUp: () => call?.hangUp() ?? Promise.resolve(),
  };
}

/** The engine reads status and code of a refusal. */
function refusal(error: unknown): never {
  if (error instanceof Problem) throw Object.assign(new Error(error.code), { status: error.status || undefined, code: error.code });
  throw error;
}
