import type { DeviceChoice } from '@/shared/call/types';
import { storage } from './storage';

/** The camera and microphone chosen in the device test. */
export const chosenDevices = (): DeviceChoice => storage.read<DeviceChoice>('devices') ?? {};
export const keepDevices = (choice: DeviceChoice): void => storage.write('devices', choice);
