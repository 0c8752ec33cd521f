import { sceneOf } from '@/shared/scene';

export const canScan = true;

/** Opens the phone's scanner; null when the person closed it. */
export const scanCode = (): Promise<string | null> =>
  new Promise((resolve) =>
    uni.scanCode({
      onlyFromCamera: false,
      success: (answer) => resolve(sceneOf((answer as unknown as { path?: string }).path || answer.result)),
      fail: () => resolve(null),
    }),
  );
