import { sceneOf } from '@/shared/scene';

/** A browser cannot scan by itself: whoever opens the page on the web has scanned with WeChat or the system's camera. */
export const canScan = false;
export const scanCode = async (): Promise<string | null> => sceneOf('');
