/** Named faults of devices: the browser's many exceptions become five words a page can explain. */
import type { CallFault, MediaFault } from './types';

export class CallProblem extends Error {
  constructor(
    readonly fault: CallFault,
    message: string = fault,
  ) {
    super(message);
    this.name = 'CallProblem';
  }
}

const FAULT_OF: Record<string, MediaFault> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  DevicesNotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  TrackStartError: 'busy',
  AbortError: 'busy',
  NotSupportedError: 'unsupported',
  TypeError: 'unsupported',
};

/** Names what `getUserMedia` threw. */
export function mediaFault(error: unknown): MediaFault {
  const name = (error as { name?: string } | null)?.name ?? '';
  return FAULT_OF[name] ?? 'unsupported';
}

/** The browser's device access, or the fault that keeps it away. */
export function mediaDevices(): MediaDevices {
  // Off localhost a page without HTTPS has no mediaDevices at all.
  if (globalThis.isSecureContext === false) throw new CallProblem('insecure');
  const devices = globalThis.navigator?.mediaDevices;
  if (!devices?.getUserMedia) throw new CallProblem('unsupported');
  return devices;
}

/** Refuses browsers without peer-to-peer video, for instance a mini-program. */
export function assertWebrtc(): void {
  if (typeof globalThis.RTCPeerConnection !== 'function') throw new CallProblem('unsupported');
}

export type UnfitBrowser = 'inApp' | 'old';

/** Apps whose built-in browser often has no peer-to-peer video; WeChat's has. */
const IN_APP = /QQ\/|Weibo|DingTalk|AlipayClient|baiduboxapp|aweme|toutiao|MQQBrowser/i;

/** Why this browser cannot carry a call, whatever its devices; null when it can. */
export function unfitBrowser(agent: string = globalThis.navigator?.userAgent ?? ''): UnfitBrowser | null {
  if (globalThis.isSecureContext === false) return null; // then the address is at fault, which is named as such
  const carries = typeof globalThis.RTCPeerConnection === 'function' && !!globalThis.navigator?.mediaDevices?.getUserMedia;
  if (carries) return null;
  return IN_APP.test(agent) ? 'inApp' : 'old';
}
