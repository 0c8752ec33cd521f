import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AgoraLink } from '@/shared/call/agora';
import { sdkOf, type AgoraSdk } from '@/shared/call/agora.sdk';
import type { LinkOwner } from '@/shared/call/link';
import type { AgoraCredentials } from '@/shared/call/types';

/** The browser's stream, as far as a link touches it. */
class Stream {
  private tracks: { kind: string }[] = [];
  addTrack(track: { kind: string }) {
    this.tracks.push(track);
  }
  removeTrack(track: { kind: string }) {
    this.tracks = this.tracks.filter((one) => one !== track);
  }
  getTracks() {
    return this.tracks;
  }
}

const CREDENTIALS: AgoraCredentials = { app_id: 'app', channel: 'iv_1', uid: 2, token: 'first', codec: 'h264' };

/** Agora's SDK, which cannot be reached here: notes every call in order. */
function recordingSdk(join: () => Promise<unknown> = () => Promise.resolve()) {
  const calls: unknown[][] = [];
  const listeners = new Map<string, (...args: unknown[]) => void>();
  const note = (name: string) => (...args: unknown[]) => {
    calls.push([name, ...args]);
    return Promise.resolve();
  };
  const client = {
    connectionState: 'DISCONNECTED',
    setClientRole: note('setClientRole'),
    join: (...args: unknown[]) => {
      calls.push(['join', ...args]);
      return join().then(() => {
        client.connectionState = 'CONNECTED';
      });
    },
    leave: note('leave'),
    publish: note('publish'),
    unpublish: note('unpublish'),
    renewToken: note('renewToken'),
    subscribe: (_user: unknown, kind: string) =>
      Promise.resolve({ getMediaStreamTrack: () => ({ kind, remote: true }), close: () => undefined }),
    getRemoteAudioStats: () => ({ 1: { receivePackets: packets.audio } }),
    getRemoteVideoStats: () => ({ 1: { receivePackets: packets.video } }),
    removeAllListeners: () => listeners.clear(),
    on: (event: string, listener: (...args: unknown[]) => void) => listeners.set(event, listener),
  };
  const packets = { audio: 0, video: 0 };
  const track = (kind: string) => () => ({ kind, close: () => calls.push(['closeTrack', kind]) });
  const sdk = {
    setLogLevel: () => undefined,
    checkSystemRequirements: () => true,
    createClient: (options: unknown) => {
      calls.push(['createClient', options]);
      return client;
    },
    createCustomAudioTrack: track('audio'),
    createCustomVideoTrack: track('video'),
  };
  const names = () => calls.map(([name]) => name);
  return { sdk: sdk as unknown as AgoraSdk, calls, names, client, packets, fire: listeners };
}

function owner() {
  const heard = { remote: [] as string[][], broken: 0, expiring: 0 };
  const local = { track: (kind: string) => ({ kind }) };
  const self = {
    local,
    send: () => undefined,
    remote: (stream: Stream | null) => heard.remote.push(stream?.getTracks().map(({ kind }) => kind) ?? []),
    rebuilt: () => undefined,
    broken: () => (heard.broken += 1),
    expiring: () => (heard.expiring += 1),
  };
  return { heard, self: self as unknown as LinkOwner };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', Stream);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('Agora', () => {
  it('joins as host in live mode with h264, or the mini-program sees nothing', async () => {
    const { sdk, calls, names } = recordingSdk();
    await new AgoraLink(owner().self, sdk, CREDENTIALS, 15_000).start();
    expect(calls[0]).toEqual(['createClient', { mode: 'live', codec: 'h264' }]);
    expect(names()).toEqual(['createClient', 'setClientRole', 'join', 'publish', 'publish']);
    expect(calls[1]).toEqual(['setClientRole', 'host']);
    expect(calls[2]).toEqual(['join', 'app', 'iv_1', 'first', 2]);
  });

  it('gives up joining after its own limit and leaves', async () => {
    const { sdk, names } = recordingSdk(() => new Promise(() => undefined));
    const start = new AgoraLink(owner().self, sdk, CREDENTIALS, 15_000).start();
    const failure = expect(start).rejects.toMatchObject({ fault: 'unreachable' });
    await vi.advanceTimersByTimeAsync(14_999);
    expect(names()).not.toContain('leave');
    await vi.advanceTimersByTimeAsync(1);
    await failure;
    expect(names()).toContain('leave');
  });

  it('shows the other side and its going', async () => {
    const { sdk, fire } = recordingSdk();
    const { self, heard } = owner();
    await new AgoraLink(self, sdk, CREDENTIALS, 15_000).start();
    fire.get('user-published')!({ uid: 1 }, 'video');
    await vi.advanceTimersByTimeAsync(0);
    fire.get('user-published')!({ uid: 1 }, 'audio');
    await vi.advanceTimersByTimeAsync(0);
    fire.get('user-unpublished')!({ uid: 1 }, 'video');
    expect(heard.remote).toEqual([['video'], ['video', 'audio'], ['audio']]);
  });

  it('asks for a new token before the old one ends, and uses it', async () => {
    const { sdk, fire, calls } = recordingSdk();
    const { self, heard } = owner();
    const link = new AgoraLink(self, sdk, CREDENTIALS, 15_000);
    await link.start();
    fire.get('token-privilege-will-expire')!();
    expect(heard.expiring).toBe(1);
    const agora = { ...CREDENTIALS, token: 'second' };
    await link.renew({ agora, provider: 'agora', room: '', side: 'student', expires_at: '', sync_token: '', webrtc: null });
    expect(calls.at(-1)).toEqual(['renewToken', 'second']);
  });

  it('replaces a published track, and takes a lost one back', async () => {
    const { sdk, names } = recordingSdk();
    const link = new AgoraLink(owner().self, sdk, CREDENTIALS, 15_000);
    await link.start();
    await link.trackChanged('video', { kind: 'video' } as MediaStreamTrack);
    expect(names().slice(-3)).toEqual(['unpublish', 'closeTrack', 'publish']);
    await link.trackChanged('video', null);
    expect(names().slice(-2)).toEqual(['unpublish', 'closeTrack']);
  });

  it('sees media in rising packets', async () => {
    const { sdk, packets } = recordingSdk();
    const link = new AgoraLink(owner().self, sdk, CREDENTIALS, 15_000);
    expect(await link.isFlowing(0)).toBe(false);
    packets.audio = 30;
    expect(await link.isFlowing(1000)).toBe(true);
    expect(await link.isFlowing(6000)).toBe(false);
  });

  it('joins again only a channel that was given up', async () => {
    const { sdk, names, client, fire } = recordingSdk();
    const { self, heard } = owner();
    const link = new AgoraLink(self, sdk, CREDENTIALS, 15_000);
    await link.start();
    await link.rebuild();
    expect(names().filter((name) => name === 'join')).toHaveLength(1);
    client.connectionState = 'DISCONNECTED';
    fire.get('connection-state-change')!('DISCONNECTED');
    expect(heard.broken).toBe(1);
    await link.rebuild();
    expect(names().filter((name) => name === 'join')).toHaveLength(2);
  });

  it('takes a module with a default as well as the SDK itself', () => {
    const { sdk } = recordingSdk();
    expect(sdkOf({ default: sdk })).toBe(sdk);
    expect(sdkOf(sdk)).toBe(sdk);
  });
});
