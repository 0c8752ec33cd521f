import { ref } from 'vue';
import { RealtimeSocket, type RealtimeEvent } from '@/shared/realtime/socket';
import { ServerClock } from '@/shared/server-clock';
import type { ClientConfig } from '@/shared/api';
import type { PulseRequest, SyncAnswer } from '@/shared/call/types';
import { api, keeper } from './api';
import { dial } from './dial';
import { storage } from './storage';

export const serverClock = new ServerClock();
export const connected = ref(false);
/** False only after a connection was lost or could not be made for a while: the banner must not flash at every start. */
export const cut = ref(false);

type Listener = (event: RealtimeEvent) => void;
const listeners = new Set<Listener>();
const resyncs = new Set<(seconds: number) => void>();

const CUT_AFTER_MS = 4000;
let cutTimer: ReturnType<typeof setTimeout> | null = null;
export const clientConfig = ref<ClientConfig | null>(storage.read<ClientConfig>('config'));

const socket = new RealtimeSocket({
  dial,
  url: () => clientConfig.value?.realtime_url ?? '',
  learnUrl: () => loadConfig(),
  token: () => keeper.read()?.access_token,
  renewToken: () => api.client.renew(),
  onEvent: (event) => listeners.forEach((listener) => listener(event)),
  onResync: (seconds) => resyncs.forEach((resync) => resync(seconds)),
  onStatus: (now) => {
    connected.value = now;
    if (now) standing();
    else waitForCut();
  },
});

function standing(): void {
  if (cutTimer) clearTimeout(cutTimer);
  cutTimer = null;
  cut.value = false;
}

function waitForCut(): void {
  cutTimer ??= setTimeout(() => (cut.value = !connected.value), CUT_AFTER_MS);
}

/** Subscribes a page; returns how to stop. */
export function onRealtime(listener: Listener, resync: (seconds: number) => void): () => void {
  listeners.add(listener);
  resyncs.add(resync);
  return () => {
    listeners.delete(listener);
    resyncs.delete(resync);
  };
}

export async function loadConfig(): Promise<ClientConfig | null> {
  try {
    clientConfig.value = await api.clientConfig();
    storage.write('config', clientConfig.value);
  } catch {
    // the one kept from the last visit serves until the network is back
  }
  return clientConfig.value;
}

export async function startRealtime(): Promise<void> {
  if (!keeper.read()) return;
  if (!clientConfig.value) await loadConfig();
  waitForCut();
  socket.start();
}

export function stopRealtime(): void {
  socket.stop();
  standing();
}

let ofPage: string[] = [];
let ofLines: string[] = [];
const listen = (): void => socket.listenTo([...ofPage, ...ofLines]);
/** What the page on show wants to hear of; the lines that the student stands in are heard on every page. */
export function listenTo(topics: string[]): void {
  ofPage = topics;
  listen();
}
export function followLines(topics: string[]): void {
  ofLines = topics;
  listen();
}
/** The sync of a call that flows; rejected, it goes over HTTP. */
export const pulseRoom = (room: string, pulse: PulseRequest): Promise<SyncAnswer> => socket.ask('room', { room, ...pulse });
export const goAway = (): void => socket.away();
export const comeBack = (): void => socket.here();
