import { afterEach, describe, expect, it, vi } from 'vitest';
import { levelOf } from '@/shared/call/devices';
import { assertWebrtc, CallProblem, mediaDevices, mediaFault } from '@/shared/call/faults';

afterEach(() => vi.unstubAllGlobals());

describe('faults of devices', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['NotSupportedError', 'unsupported'],
    ['SomethingNew', 'unsupported'],
  ])('%s is %s', (name, fault) => {
    expect(mediaFault({ name })).toBe(fault);
  });

  it('names a page without HTTPS, whatever the browser could do', () => {
    vi.stubGlobal('isSecureContext', false);
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => undefined } });
    expect(() => mediaDevices()).toThrow(expect.objectContaining({ fault: 'insecure' }));
  });

  it('names a browser without devices', () => {
    vi.stubGlobal('isSecureContext', true);
    vi.stubGlobal('navigator', {});
    expect(() => mediaDevices()).toThrow(expect.objectContaining({ fault: 'unsupported' }));
  });

  it('names a place without RTCPeerConnection, for instance a mini-program', () => {
    expect(() => assertWebrtc()).toThrow(CallProblem);
  });
});

describe('level of the microphone', () => {
  it.each([
    [0, 0],
    [1, 1],
    [0.001, 0],
    [0.0316, 0.5],
  ])('a steady %f shows as %f', (sample, level) => {
    expect(levelOf(new Float32Array(64).fill(sample))).toBeCloseTo(level, 2);
  });
});
