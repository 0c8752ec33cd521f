import type { CallMode } from '../../call/types';
import type { TalkLine } from '../../call/talklog';
import type { SideLink } from '../../call/sidecalls';
import type { Session } from './account';
import type { TicketStatus } from './fair';
import type { Access } from './recruiter';

export interface CallScreen {
  interview_id: number;
  fair_id: number;
  booth_id: number;
  status: TicketStatus;
  side: 'student' | 'recruiter' | 'guest';
  room: string;
  peer: { name: string; title: string };
  /** For a guest: who asked them in. */
  interviewer: string;
  employer_name: string;
  position_title: string;
  ring_expires_at: string | null;
  answered_at: string | null;
  talk_seconds: number;
  server_now: string;
  next_page: string;
  mode: CallMode;
  /** When the talk should be over; nothing is cut off. */
  box_ends_at: string | null;
  can_extend: boolean;
  extended: boolean;
  /** Who is gone, and until when the call waits. */
  grace: { side: 'student' | 'recruiter'; until: string } | null;
  grace_seconds: number;
  guests: CallGuest[];
  links: SideLink[];
  access: Access[];
  talk_messages: number;
}

export interface CallGuest {
  seat: string;
  name: string;
  title: string;
  joined: boolean;
  mine: boolean;
}

export interface HandOverCode {
  url: string;
  qr_svg: string;
  expires_at: string;
}

export interface TakenCall extends Session {
  interview_id: number;
  hand_over: number;
}

export type { CallMode, SideLink, TalkLine };
export type { CallCredentials } from '../../call/types';
