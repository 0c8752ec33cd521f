import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Call, CallState, DeviceChoice, MediaFault, PeerPresence, StateDetail, TrackKind } from '@shared/call';
import { api } from '@/api';
import { usePreferences } from './preferences';

const NOBODY: PeerPresence = { present: false, audioMuted: false, videoMuted: false };

/** The running call. It belongs to the application, not to a page: the recruiter may look something up meanwhile. */
export const useCall = defineStore('call', () => {
  const interviewId = ref<number | null>(null);
  const state = ref<CallState>('preparing');
  const detail = ref<StateDetail>({});
  const localStream = shallowRef<MediaStream | null>(null);
  const remoteStream = shallowRef<MediaStream | null>(null);
  const talkSeconds = ref(0);
  const peer = ref<PeerPresence>(NOBODY);
  const muted = ref<Record<TrackKind, boolean>>({ audio: false, video: false });
  const deviceFaults = ref<Partial<Record<TrackKind, MediaFault>>>({});
  let engine: Call | null = null;
  let generation = 0;

  const isRunning = computed(() => interviewId.value !== null && state.value !== 'closed' && state.value !== 'failed');

  /** Opens camera and microphone and looks for the student; the same interview twice is one call. */
  async function open(id: number): Promise<void> {
    if (interviewId.value === id && engine) return;
    close();
    interviewId.value = id;
    const mine = ++generation;
    const { createCall } = await import('@shared/call');
    if (mine !== generation) return;
    engine = createCall({
      credentials: () => api.credentials(id),
      sync: (room, request) => api.syncRoom(room, request),
      devices: chosenDevices(),
      loadAgora: () => import('agora-rtc-sdk-ng'),
      ...reports(mine),
    });
    await engine.start();
  }

  /** What the engine tells; words of a call that was replaced meanwhile are dropped. */
  function reports(mine: number) {
    const current = () => mine === generation;
    return {
      onState: (next: CallState, why: StateDetail) => {
        if (!current()) return;
        state.value = next;
        detail.value = why;
        if (next === 'connected') usePreferences().chosen.devicesChecked = true; // no better check than a call
      },
      onLocalStream: (stream: MediaStream | null) => current() && (localStream.value = stream),
      onRemoteStream: (stream: MediaStream | null) => current() && (remoteStream.value = stream),
      onTalkSeconds: (seconds: number) => current() && (talkSeconds.value = seconds),
      onPeer: (presence: PeerPresence) => current() && (peer.value = presence),
      onDeviceFault: (kind: TrackKind, fault: MediaFault) => {
        if (current()) deviceFaults.value = { ...deviceFaults.value, [kind]: fault };
      },
    };
  }

  function chosenDevices(): DeviceChoice {
    const { camera, microphone } = usePreferences().chosen;
    return { camera: camera || undefined, microphone: microphone || undefined };
  }

  function toggle(kind: TrackKind): void {
    if (!engine) return;
    engine.setMuted(kind, !muted.value[kind]);
    muted.value = { ...muted.value, [kind]: !muted.value[kind] };
  }

  async function useDevices(choice: DeviceChoice): Promise<void> {
    await engine?.useDevices(choice);
  }

  /** Tells the other side's page; the interview itself is ended by the hall. */
  async function hangUp(): Promise<void> {
    await engine?.hangUp();
  }

  /** Again from the start, after a fault that the person mended or in a window that was replaced. */
  async function restart(): Promise<void> {
    const id = interviewId.value;
    close();
    if (id !== null) await open(id);
  }

  function close(): void {
    generation += 1;
    engine?.close();
    engine = null;
    interviewId.value = null;
    state.value = 'preparing';
    detail.value = {};
    localStream.value = null;
    remoteStream.value = null;
    talkSeconds.value = 0;
    peer.value = NOBODY;
    muted.value = { audio: false, video: false };
    deviceFaults.value = {};
  }

  const nudge = () => engine?.nudge();

  return {
    interviewId, state, detail, localStream, remoteStream, talkSeconds, peer, muted, deviceFaults, isRunning,
    open, toggle, useDevices, hangUp, restart, close, nudge,
  };
});
