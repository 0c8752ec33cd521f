import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unfitBrowser } from '@/shared/call/faults';
import { LocalMedia } from '@/shared/call/media';

class Track {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';
  constructor(readonly kind: string) {}
  stop() {
    this.readyState = 'ended';
  }
  addEventListener() {}
  getSettings() {
    return {};
  }
}

class Stream {
  private tracks: Track[] = [];
  addTrack(track: Track) {
    this.tracks.push(track);
  }
  removeTrack(track: Track) {
    this.tracks = this.tracks.filter((one) => one !== track);
  }
  getTracks() {
    return this.tracks;
  }
}

let opened: Track[];
let broken: string[];

beforeEach(() => {
  opened = [];
  broken = [];
  const getUserMedia = (wanted: { audio?: unknown; video?: unknown }) => {
    const kinds = (['video', 'audio'] as const).filter((kind) => wanted[kind]);
    if (kinds.some((kind) => broken.includes(kind))) return Promise.reject(Object.assign(new Error(), { name: 'NotFoundError' }));
    const stream = new Stream();
    for (const kind of kinds) {
      const track = new Track(kind);
      opened.push(track);
      stream.addTrack(track);
    }
    return Promise.resolve(stream);
  };
  vi.stubGlobal('MediaStream', Stream);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia }, userAgent: '' });
});
afterEach(() => vi.unstubAllGlobals());

const live = () => opened.filter(({ readyState }) => readyState === 'live').map(({ kind }) => kind).sort();

describe('the devices of a call that bends', () => {
  it('lets go of what a mode does not need, and tells the link', async () => {
    const told: [string, boolean][] = [];
    const media = new LocalMedia(() => undefined);
    await media.open({});
    media.follow((kind, track) => told.push([kind, track !== null]));
    await media.carry('audio', true);
    expect(live()).toEqual(['audio']);
    await media.carry('text', true);
    expect(live()).toEqual([]);
    expect(told).toEqual([['video', false], ['audio', false]]);
  });

  it('opens nothing when the other side asked for more, until the person does', async () => {
    const media = new LocalMedia(() => undefined);
    await media.open({}, 'text');
    expect(opened).toEqual([]);
    await media.carry('video', false);
    expect(opened).toEqual([]);
    expect(media.muted).toEqual({ audio: true, video: true });
    media.setMuted('audio', false);
    await vi.waitFor(() => expect(live()).toEqual(['audio']));
    expect(media.lacks('video')).toBe(true);
  });

  it('opens what was left closed when the person asked', async () => {
    const media = new LocalMedia(() => undefined);
    await media.open({}, 'audio');
    expect(live()).toEqual(['audio']);
    await media.carry('video', true);
    expect(live()).toEqual(['audio', 'video']);
  });

  it('names what is missing and goes on with the rest', async () => {
    broken = ['video'];
    const faults: string[][] = [];
    const media = new LocalMedia((kind, fault) => faults.push([kind, fault]));
    await media.open({});
    expect([live(), faults]).toEqual([['audio'], [['video', 'missing']]]);
    await expect(new LocalMedia(() => undefined).open({}, 'audio')).resolves.toBeUndefined();
    broken = ['video', 'audio'];
    await expect(new LocalMedia(() => undefined).open({}, 'audio')).rejects.toMatchObject({ fault: 'missing' });
    await expect(new LocalMedia(() => undefined).open({}, 'text')).resolves.toBeUndefined();
  });
});

describe('browsers that cannot carry a call', () => {
  it.each([
    ['Mozilla/5.0 (Linux; Android 12) QQ/8.9.68 V1_AND', 'inApp'],
    ['Mozilla/5.0 (iPhone) Weibo (iPhone13)', 'inApp'],
    ['Mozilla/5.0 (Windows NT 6.1) MSIE 11', 'old'],
  ])('%s', (agent, why) => {
    vi.stubGlobal('RTCPeerConnection', undefined);
    expect(unfitBrowser(agent)).toBe(why);
  });

  it('lets every browser through that can', () => {
    vi.stubGlobal('RTCPeerConnection', class {});
    expect(unfitBrowser('Mozilla/5.0 QQ/9')).toBeNull();
  });
});
