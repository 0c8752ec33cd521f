// The back office has no build of its own: its scripts run here as a browser would run them.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const SCRIPT = readFileSync('../../admin/assets/board.js', 'utf8');
const SUMS = { pending: 0, invited: 0, waiting: 0, held: 0, ringing: 0, in_call: 0, concluding: 0, finished: 0, passed: 0, rejected: 0, left: 0, misses: 0, talk_seconds: 0, overdue: 0, longest_wait_seconds: 0, desks_online: 1 };
const desk = (id: number, label: string, state: string, ticket: number | null, online = true) => ({ id, label, name: label, state, online, interview_id: ticket });
const BOARD = {
  server_now: '2026-11-21T03:00:00Z',
  fair: { id: 3, name: '双选会', phase: 'live' },
  totals: { ...SUMS, registered: 2, desks: 3 },
  booths: [{ ...SUMS, booth_id: 12, number: 'A12', employer: '星河科技', status: 'open', line: 'paused', desks: [desk(1, '周敏', 'in_call', 77), desk(2, '何川', 'concluding', 78, false), desk(3, '陈立', 'idle', null)] }],
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  vi.stubGlobal('fetch', async () => ({ ok: true, json: async () => BOARD }));
  document.body.innerHTML = `<span data-phase></span><p data-fresh></p><div data-tiles></div><div data-bars></div><input data-find>
<table><tbody data-rows></tbody></table><p data-none></p><script type="application/json" id="board-now">${JSON.stringify(BOARD)}</script>
<template data-source="/board.json" data-booths="/admin/booths/details/?id=0" data-tickets="/admin/interviews/details/?id=0" data-lines="/admin/interviews/?fair=3&amp;booth=0"></template>`;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('leads from a desk that is taken to its ticket, and from a booth to its line and its interviews', () => {
  new Function(SCRIPT)();
  const row = document.querySelector('[data-rows] tr') as HTMLElement;
  const links = [...row.querySelectorAll('a')].map((link) => [link.textContent, link.getAttribute('href')]);
  expect(links).toEqual([
    ['A12', '/admin/booths/details/?id=12'],
    ['周敏 面试中', '/admin/interviews/details/?id=77'],
    ['何川 待填结果（离线）', '/admin/interviews/details/?id=78'],
    ['面试', '/admin/interviews/?fair=3&booth=12'],
    ['队列', '/admin/booths/details/?id=12'],
  ]);
  expect(row.textContent).toContain('陈立 空闲');
  expect(row.textContent).toContain('已暂停申请');
});
