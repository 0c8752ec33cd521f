import type { Dial } from '@/shared/realtime/socket';

/** The mini-program's socket task. */
export const dial: Dial = (url, events) => {
  const task = uni.connectSocket({ url, complete: () => undefined });
  task.onOpen(() => events.opened());
  task.onMessage((message) => events.received(String(message.data)));
  task.onClose(() => events.closed());
  task.onError(() => events.closed());
  return {
    send: (data) => task.send({ data, fail: () => undefined }),
    close: () => task.close({}),
  };
};
