/** The call engine: video with the other side, and the device test before it. */
export * from './types';
export * from './devices.types';
export { createCall } from './call';
export { CallProblem, mediaFault, unfitBrowser, type UnfitBrowser } from './faults';
export { TIMING } from './timing';
export { listDevices, onDevicesChange, previewCamera, meterMicrophone, playTestTone } from './devices';
export { callOneself } from './loopback';
export { Captioner, canCaption } from './captions';
export { TalkLog, type TalkLine, type TalkWire } from './talklog';
export { SideCalls, type SideLink, type SideView } from './sidecalls';
