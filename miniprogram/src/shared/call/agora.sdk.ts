/** The part of agora-rtc-sdk-ng 4.24 that we use, so that clients without it need not bundle its types. */

export interface AgoraTrack {
  getMediaStreamTrack(): MediaStreamTrack;
  close(): void;
}

export interface AgoraRemoteUser {
  uid: number | string;
  audioTrack?: AgoraTrack;
  videoTrack?: AgoraTrack;
}

export interface AgoraRemoteStats {
  receivePackets?: number;
}

export interface AgoraClient {
  readonly connectionState: string;
  readonly remoteUsers: AgoraRemoteUser[];
  setClientRole(role: 'host' | 'audience'): Promise<void>;
  join(appId: string, channel: string, token: string, uid: number): Promise<unknown>;
  leave(): Promise<void>;
  publish(tracks: AgoraTrack[]): Promise<void>;
  unpublish(tracks?: AgoraTrack[]): Promise<void>;
  subscribe(user: AgoraRemoteUser, kind: 'audio' | 'video'): Promise<AgoraTrack>;
  renewToken(token: string): Promise<void>;
  getRemoteAudioStats(): Record<string, AgoraRemoteStats>;
  getRemoteVideoStats(): Record<string, AgoraRemoteStats>;
  removeAllListeners(): void;
  on(event: string, listener: (...args: never[]) => void): void;
}

export interface AgoraSdk {
  setLogLevel(level: number): void;
  checkSystemRequirements(): boolean;
  createClient(options: { mode: 'live'; codec: 'h264' }): AgoraClient;
  createCustomAudioTrack(options: { mediaStreamTrack: MediaStreamTrack }): AgoraTrack;
  createCustomVideoTrack(options: { mediaStreamTrack: MediaStreamTrack }): AgoraTrack;
}

/** A dynamic import gives the module, whose default is the SDK; a script tag gives the SDK itself. */
export function sdkOf(loaded: unknown): AgoraSdk {
  const { default: inner } = loaded as { default?: AgoraSdk };
  return inner ?? (loaded as AgoraSdk);
}
