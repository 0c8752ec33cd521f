import type { SideLink } from '@/shared/call/sidecalls';
import type { CallFault, CallMode, CallState, CloseReason, MediaFault, TrackKind } from '@/shared/call/types';

/** What every call stage, of whatever target, is given and tells. */
export interface StageProps {
  interviewId: number;
  /** A guest's own room of the call; '' is the main one. */
  room: string;
  peerName: string;
  side: 'student' | 'recruiter' | 'guest';
  /** How the call goes on, as the server says; a change that is not `mine` came from the other side. */
  mode: CallMode;
  mine: boolean;
  links: SideLink[];
  unread: number;
  /** The typed talk is open and takes the lower part. */
  talking: boolean;
  /** What this person says is written down for the other side. */
  captions: boolean;
}

export type StageEvents = {
  state: [state: CallState, fault: CallFault | null, reason: CloseReason | null];
  talk: [seconds: number];
  presence: [present: boolean];
  hangUp: [];
  openTalk: [];
  more: [];
  toText: [];
  caption: [text: string];
  /** What this person says is written down no more; *again*: it may be tried another time. */
  captionsEnd: [again: boolean];
  deviceFault: [kind: TrackKind, fault: MediaFault];
};

/** What the page may ask of its stage. */
export interface Stage {
  end(): Promise<void>;
  stop(): void;
  restart(): void;
}
