import type { CallFault, CallState, CloseReason, MediaFault, TrackKind } from '@/shared/call/types';

/** What every call stage, of whatever target, is given and tells. */
export interface StageProps {
  interviewId: number;
  peerName: string;
  side: 'student' | 'recruiter';
}

export type StageEvents = {
  state: [state: CallState, fault: CallFault | null, reason: CloseReason | null];
  talk: [seconds: number];
  hangUp: [];
  deviceFault: [kind: TrackKind, fault: MediaFault];
};
