export type Role = 'student' | 'recruiter';

export interface Session {
  access_token: string;
  expires_in: number;
  refresh_token: string;
  account: { id: number; name: string; roles: Role[] };
}

export interface Me {
  id: number;
  name: string;
  roles: Role[];
  phone_masked: string | null;
  student_id: number | null;
  booths: { booth_id: number; fair_id: number; fair_name: string; employer_name: string }[];
}

export interface ClientConfig {
  realtime_url: string;
  rtc_provider: 'webrtc' | 'agora';
  mini_appid: string;
  service_appid: string;
  templates: Record<string, string>;
  /** Which templates to ask for at each natural tap, where nothing is known of the person; a config kept from an older server has none. */
  asks?: Record<string, string[]>;
  poll_seconds: number;
  version: string;
}

export type LoginCodeStatus = 'pending' | 'scanned' | 'confirmed' | 'refused' | 'expired' | 'claimed';

export interface LoginCode {
  ticket: string;
  secret: string;
  scene: string;
  url: string;
  qr_svg: string;
  expires_at: string;
}

export interface LoginCodeClaim {
  status: LoginCodeStatus;
  session: Session | null;
}

export interface LoginRequest {
  status: LoginCodeStatus;
  device: string;
  requested_at: string;
  /** Whose account gets this phone's WeChat; null: the code lets a desktop in. */
  binds_to: string | null;
}
