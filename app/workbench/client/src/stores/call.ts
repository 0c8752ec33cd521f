import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Call, CallMode, CallState, DeviceChoice, MediaFault, PeerPresence, PulseRequest, SideCalls, SideLink, SideView, StateDetail, SyncAnswer, TrackKind } from '@shared/call';
import { api } from '@/api';
import { useLine } from './line';
import { usePreferences } from './preferences';

const NOBODY: PeerPresence = { present: false, audioMuted: false, videoMuted: false, silent: false };

/** The running call. It belongs to the application, not to a page: the recruiter may look something up meanwhile. */
export const useCall = defineStore('call', () => {
  const interviewId = ref<number | null>(null);
  const mode = ref<CallMode>('video');
  const state = ref<CallState>('preparing');
  const detail = ref<StateDetail>({});
  const localStream = shallowRef<MediaStream | null>(null);
  const remoteStream = shallowRef<MediaStream | null>(null);
  const guests = shallowRef<SideView[]>([]);
  const talkSeconds = ref(0);
  const peer = ref<PeerPresence>(NOBODY);
  const muted = ref<Record<TrackKind, boolean>>({ audio: false, video: false });
  const deviceFaults = ref<Partial<Record<TrackKind, MediaFault>>>({});
  let engine: Call | null = null;
  let side: SideCalls | null = null;
  let links: SideLink[] = [];
  let generation = 0;

  const isRunning = computed(() => interviewId.value !== null && state.value !== 'closed' && state.value !== 'failed');

  /**
   * Opens camera and microphone and looks for the other side; the same interview twice is one call. How the call goes
   * on is the server's: a window that is reloaded in a typed interview opens no camera. *room*: a guest's own.
   */
  async function open(id: number, room = ''): Promise<void> {
    if (interviewId.value === id && engine) return;
    close();
    interviewId.value = id;
    const mine = ++generation;
    const [{ createCall, SideCalls: Beside }, asked] = await Promise.all([
      import('@shared/call'),
      api.callScreen(id).catch(() => null), // the credentials will say what is wrong
    ]);
    if (mine !== generation) return;
    mode.value = asked?.mode ?? 'video';
    side = new Beside((name) => wire(id, name), (views) => (guests.value = views));
    engine = createCall({ ...wire(id, room), mode: mode.value, devices: chosenDevices(), ...reports(mine) });
    await engine.start();
    if (mine === generation) meet(links);
  }

  const wire = (id: number, room: string) => ({
    credentials: () => api.credentials(id, room),
    sync: (name: string, request: Parameters<typeof api.syncRoom>[1]) => api.syncRoom(name, request),
    pulse: (name: string, pulse: PulseRequest) => useLine().ask<SyncAnswer>('room', { room: name, ...pulse }),
    loadAgora: () => import('agora-rtc-sdk-ng'),
  });

  /** What the engine tells; words of a call that was replaced meanwhile are dropped. */
  function reports(mine: number) {
    const current = () => mine === generation;
    return {
      onState: (next: CallState, why: StateDetail) => {
        if (!current()) return;
        state.value = next;
        detail.value = why;
        if (next === 'closed' || next === 'failed') side?.meet([], null);
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
    side?.muted();
    muted.value = { ...muted.value, [kind]: !muted.value[kind] };
  }

  /** Goes on in another mode; *byMe*: this person asked for it, so its devices may open. */
  async function setMode(next: CallMode, byMe: boolean): Promise<void> {
    mode.value = next;
    if (!engine) return;
    if (state.value === 'failed' && detail.value.fault !== 'unreachable') return restart();
    await engine.setMode(next, byMe);
    side?.setMode(next);
    muted.value = { ...engine.muted };
    if (next === 'text') deviceFaults.value = {};
  }

  /** Colleagues who sit in; they come and go while the call runs. */
  function meet(wanted: SideLink[]): void {
    links = wanted;
    if (engine && ['connecting', 'connected', 'recovering'].includes(engine.state)) side?.meet(links, engine);
  }

  async function useDevices(choice: DeviceChoice): Promise<void> {
    await engine?.useDevices(choice);
  }

  /** Tells the other side's page; the interview itself is ended by the hall. */
  async function hangUp(): Promise<void> {
    await engine?.hangUp();
  }

  /** Again from the start, after a fault that the person mended or in a window that was replaced. */
  async function restart(room = ''): Promise<void> {
    const id = interviewId.value;
    close();
    if (id !== null) await open(id, room);
  }

  /** Lets go of the devices, without a word to the other side: the call goes on with another device. */
  function stepBack(): void {
    side?.close();
    engine?.close();
  }

  function close(): void {
    generation += 1;
    stepBack();
    engine = side = null;
    links = [];
    interviewId.value = null;
    mode.value = 'video';
    state.value = 'preparing';
    detail.value = {};
    localStream.value = remoteStream.value = null;
    guests.value = [];
    talkSeconds.value = 0;
    peer.value = NOBODY;
    muted.value = { audio: false, video: false };
    deviceFaults.value = {};
  }

  function nudge(): void {
    engine?.nudge();
    side?.nudge();
  }

  return {
    interviewId, mode, state, detail, localStream, remoteStream, guests, talkSeconds, peer, muted, deviceFaults, isRunning,
    open, toggle, setMode, meet, useDevices, hangUp, restart, stepBack, close, nudge,
  };
});
