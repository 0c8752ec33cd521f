/** Surface of the device test (E08): see devices.ts and loopback.ts. */
import type { MediaFault } from './types';

export interface DeviceList {
  cameras: MediaDeviceInfo[];
  microphones: MediaDeviceInfo[];
  /** Empty where the browser cannot choose (Safari, Firefox): then the system's is used. */
  speakers: MediaDeviceInfo[];
}

/** Something that holds a device open. */
export interface Stoppable {
  stop(): void;
}

export interface CameraPreview extends Stoppable {
  stream: MediaStream;
  label: string;
  width: number;
  height: number;
}

export interface MicrophoneMeter extends Stoppable {
  stream: MediaStream;
  label: string;
}

export interface LoopbackResult {
  video: boolean;
  audio: boolean;
  /** Milliseconds until the first own picture came back. */
  milliseconds: number;
}

export interface Loopback extends Stoppable {
  /** What came back through the connection: play it to the person. */
  stream: MediaStream;
  /** Settles when pictures and sound came back or the limit passed. */
  result: Promise<LoopbackResult>;
}

/** ok or the fault, for `POST /api/device-checks`. */
export type DeviceVerdict = 'ok' | MediaFault | 'untested';
