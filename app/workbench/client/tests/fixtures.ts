import type { BoothLine, RecruiterHall, RecruiterTicket, Row } from '@shared/api';

export function row(id: number, change: Partial<Row> = {}): Row {
  return {
    id, status: 'waiting', student: { id, name: `学生${id}`, school: '江南大学', major: '软件工程', degree: 'bachelor', graduation_year: 2027 },
    position: null, queued_at: '2026-11-21T02:00:00Z', ahead: 0, online: true, busy: false, misses: 0, called_by: 'recruiter', ring_expires_at: null, nudged_at: null,
    verdict: null, verdict_label: null, remark: null, result_at: null, held_until: null, slot_at: null, round: 1, only_desk: null, undo_until: null,
    first_time: false, reach: 'page', access: [], reason: '', reason_code: '', message: '', stars: null, ...change,
  };
}

export function ticket(id: number, change: Partial<RecruiterTicket> = {}): RecruiterTicket {
  return { ...row(id), notes: '', rung_at: null, answered_at: null, ended_at: null, talk_seconds: 0, ...change };
}

export function line(change: Partial<BoothLine> = {}): BoothLine {
  return {
    quota: null, taken: 0, called: 0, windows: [], closed: false, paused: false, late_until: null, notice: '', notice_at: null, talk_minutes: null,
    wanted: { degrees: [], majors: [], graduation_years: [], note: '' }, ...change,
  };
}

export function hall(change: Partial<RecruiterHall> = {}): RecruiterHall {
  const screen = {
    server_now: '2026-11-21T03:00:00Z', poll_seconds: 5,
    fair: { id: 1, name: '双选会', host: '就业中心', starts_at: '2026-11-21T01:00:00Z', ends_at: '2026-11-21T10:00:00Z', phase: 'live' as const, everyone_once: false },
    booth: { id: 12, number: 'A12', employer_name: '星河科技', positions: [] },
    desk: { id: 1, label: '1 号席', state: 'idle' as const, interview_id: null },
    pending: [], invited: [], waiting: [], done: [], next_id: null, held_up_by: null, asked: null, colleagues: [], line: line(),
    reasons: [{ code: 'position_filled', label: '岗位已满' }, { code: 'other', label: '其他' }], meter: null, ...change,
  };
  return {
    ...screen,
    counts: { pending: screen.pending.filter((one) => one.status === 'pending').length, invited: screen.invited.length, waiting: screen.waiting.length, done: screen.done.length },
  };
}

export const desk = (state: 'ringing' | 'in_call' | 'concluding', interviewId: number) =>
  ({ id: 1, label: '1 号席', state, interview_id: interviewId });

/** A server of answers by `METHOD path`; what was asked is kept in `asked`. */
export function server(answers: Record<string, (body: unknown) => { status?: number; body: unknown }>) {
  const asked: { route: string; body: unknown }[] = [];
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    const route = `${init.method} ${String(url).replace('/api', '')}`;
    const sent: unknown = init.body ? JSON.parse(String(init.body)) : undefined;
    asked.push({ route, body: sent });
    const answer = answers[route]?.(sent) ?? { status: 404, body: { type: '/problems/unknown', title: '没有', status: 404 } };
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 });
  }) as typeof fetch;
  return asked;
}
