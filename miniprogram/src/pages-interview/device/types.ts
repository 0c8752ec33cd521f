import type { DeviceState } from '@/shared/api';
import type { MediaFault } from '@/shared/call/types';

export interface DeviceReport {
  camera: DeviceState;
  microphone: DeviceState;
  speaker: DeviceState;
}

/** The server stores four words; the page explains all five faults. */
export function storedState(fault: MediaFault): DeviceState {
  if (fault === 'denied' || fault === 'missing') return fault;
  return 'failed';
}
