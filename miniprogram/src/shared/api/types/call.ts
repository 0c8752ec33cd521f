import type { TicketStatus } from './fair';

export interface CallScreen {
  interview_id: number;
  fair_id: number;
  booth_id: number;
  status: TicketStatus;
  side: 'student' | 'recruiter';
  room: string;
  peer: { name: string; title: string };
  employer_name: string;
  position_title: string;
  ring_expires_at: string | null;
  answered_at: string | null;
  talk_seconds: number;
  server_now: string;
  next_page: string;
}

export type { CallCredentials } from '../../call/types';
