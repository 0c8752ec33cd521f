/** Default times of a call, in milliseconds; see `CallTiming`. */
import type { CallTiming } from './types';

export const TIMING: CallTiming = {
  syncSearching: 1000,
  syncFlowing: 4000,
  flowCheck: 500,
  stalledAfter: 6000,
  unreachableAfter: 45_000,
  peerGoneAfter: 12_000,
  joinLimit: 15_000,
  renewBefore: 60_000,
};
