import { defineStore } from 'pinia';
import { ref } from 'vue';
import { Unanswered } from '@shared/realtime/questions';
import { RealtimeSocket, type Dial, type RealtimeEvent } from '@shared/realtime/socket';
import { api } from '@/api';
import { browserKeeper } from '@/api/keeper';
import { useSession } from './session';

type Listener = (event: RealtimeEvent) => void;

const browserDial: Dial = (url, events) => {
  const socket = new WebSocket(url);
  socket.onopen = () => events.opened();
  socket.onmessage = ({ data }) => events.received(String(data));
  socket.onclose = () => events.closed();
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
};

/** The desk's one line to the server's events. Cut, everything still works by polling. */
export const useLine = defineStore('line', () => {
  const connected = ref(false);
  const everConnected = ref(false);
  const listeners = new Set<Listener>();
  const resyncs = new Set<(seconds: number) => void>();
  let socket: RealtimeSocket | null = null;
  let watching = { page: '', topics: [] as string[] };

  async function open(): Promise<void> {
    await useSession().loadConfig().catch(() => undefined); // without network the socket asks again
    socket ??= build();
    socket.show(watching.page, watching.topics);
    socket.start();
  }

  function build(): RealtimeSocket {
    const session = useSession();
    return new RealtimeSocket({
      dial: browserDial,
      url: () => session.config?.realtime_url ?? '',
      learnUrl: () => session.loadConfig(),
      token: () => browserKeeper.read()?.access_token,
      renewToken: () => api.client.renew(),
      onEvent: (event) => listeners.forEach((tell) => tell(event)),
      onResync: (seconds) => resyncs.forEach((tell) => tell(seconds)),
      onStatus: (up) => {
        connected.value = up;
        everConnected.value ||= up;
      },
    });
  }

  function show(page: string, topics: string[]): void {
    watching = { page, topics };
    socket?.show(page, topics);
  }

  function close(): void {
    socket?.stop();
    socket = null;
    connected.value = false;
    everConnected.value = false;
  }

  /** Tells *event* of every event and *resync* after every (re)connection; returns how to stop. */
  function listen(event: Listener, resync: (seconds: number) => void): () => void {
    listeners.add(event);
    resyncs.add(resync);
    return () => {
      listeners.delete(event);
      resyncs.delete(resync);
    };
  }

  function here(): void {
    socket?.here();
  }

  /** Asks the gateway; rejects with a code when there is no line, no answer or a refusal. */
  function ask<T>(about: string, body: object): Promise<T> {
    return socket ? socket.ask<T>(about, body) : Promise.reject(new Unanswered('line-cut'));
  }

  return { connected, everConnected, open, close, show, listen, here, ask };
});
