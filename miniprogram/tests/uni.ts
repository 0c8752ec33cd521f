import { vi } from 'vitest';

/** What of uni-app the stores touch: storage in memory, everything else refuses loudly. */
const kept = new Map<string, unknown>();

(globalThis as unknown as { uni: unknown }).uni = {
  getStorageSync: (key: string) => kept.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => void kept.set(key, value),
  removeStorageSync: (key: string) => void kept.delete(key),
  request: vi.fn(() => {
    throw new Error('no test may reach the network');
  }),
};
(globalThis as unknown as { location: unknown }).location ??= { origin: 'http://127.0.0.1:8000' };
