/** What the client keeps between visits, under one prefix. */
const PREFIX = 'sx.';

export const storage = {
  read<T>(key: string): T | null {
    try {
      const value = uni.getStorageSync(PREFIX + key) as T | '';
      return value === '' || value === undefined ? null : value;
    } catch {
      return null; // a browser in private mode may refuse storage
    }
  },
  write(key: string, value: unknown): void {
    try {
      if (value === null) uni.removeStorageSync(PREFIX + key);
      else uni.setStorageSync(PREFIX + key, value);
    } catch {
      // the visit goes on, only the memory between visits is lost
    }
  },
};
