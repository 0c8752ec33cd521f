/** The link that belongs to a credential: the browser's own connection, or Agora's. */
import { AgoraLink } from './agora';
import { sdkOf } from './agora.sdk';
import { assertWebrtc, CallProblem } from './faults';
import type { Link, LinkOwner } from './link';
import type { CallCredentials, CallOptions } from './types';
import { WebrtcLink } from './webrtc';

export async function createLink(
  owner: LinkOwner,
  { provider, webrtc, agora }: CallCredentials,
  options: Pick<CallOptions, 'loadAgora' | 'relayOnly'>,
  joinLimit: number,
): Promise<Link> {
  if (provider === 'webrtc' && webrtc) {
    assertWebrtc();
    return new WebrtcLink(owner, webrtc, options.relayOnly ?? false);
  }
  if (provider === 'agora' && agora && options.loadAgora) {
    return new AgoraLink(owner, sdkOf(await options.loadAgora()), agora, joinLimit);
  }
  throw new CallProblem('unsupported', `no client for ${provider}`);
}
