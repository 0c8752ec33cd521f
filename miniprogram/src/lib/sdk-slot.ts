/**
 * The slot for Agora's mini-program SDK: it is not on npm, the operator puts `agora-miniapp-sdk.js` beside this file
 * before building. Without it the build works and the call page hands the student to the web page.
 */
export interface MiniAgoraClient {
  init(appId: string, done: () => void, failed: (error: unknown) => void): void;
  join(token: string, channel: string, uid: number, done: () => void, failed: (error: unknown) => void): void;
  publish(done: (url: string) => void, failed: (error: unknown) => void): void;
  subscribe(uid: number, done: (url: string) => void, failed: (error: unknown) => void): void;
  renewToken?(token: string): void;
  leave(done?: () => void, failed?: (error: unknown) => void): void;
  on(event: string, listener: (event: { uid: number; url?: string }) => void): void;
}

export interface MiniAgoraSdk {
  Client: new () => MiniAgoraClient;
}

const found = import.meta.glob<{ default?: MiniAgoraSdk } & Partial<MiniAgoraSdk>>('./agora-miniapp-sdk*.js', { eager: true });

export function loadVideoSdk(): MiniAgoraSdk | null {
  const [sdk] = Object.values(found);
  return sdk ? (sdk.default ?? (sdk as MiniAgoraSdk)) : null;
}
