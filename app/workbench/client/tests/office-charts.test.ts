// The back office has no build of its own: its scripts run here as a browser would run them.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const SCRIPT = readFileSync('../../admin/assets/charts.js', 'utf8');
const SPOTS = ['timeline', 'kept', 'kept-hours', 'chances', 'minutes-hint', 'minutes', 'reach'];
const held = (hour: string, kept: number, early: number, late: number, open = 0) => {
  const scored = kept + early + late;
  return { hour: `2026-11-21T${hour}:00:00+08:00`, promises: scored + open, open, kept, early, late, left: 0, unseen: 0, scored, kept_percent: scored ? Math.round((1000 * kept) / scored) / 10 : null };
};
const charts = (hours: ReturnType<typeof held>[], kept: number | null) => ({
  timeline: [], minutes: { used: 0, free: 300, over: 0, booths: [] }, credits: { students: 0, with_credit: 0, without: 0, sent: 0, refused: 0, sms: 0 },
  promises: { promised_percent: 80, all: { kept_percent: kept, scored: hours.reduce((sum, one) => sum + one.scored, 0) }, by_occasion: {}, by_hour: hours, reliability: [] },
});
const draw = async (answer: object) => {
  vi.stubGlobal('fetch', async () => ({ ok: true, json: async () => answer }));
  new Function(SCRIPT)();
  await vi.waitFor(() => expect(document.querySelector('[data-reach]')?.children.length).toBeGreaterThan(0));
  return document.querySelector('[data-kept-hours]') as HTMLElement;
};
const all = (inside: Element, selector: string) => [...inside.querySelectorAll(selector)];
const number = (element: Element, name: string) => Number(element.getAttribute(name));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  document.body.innerHTML = `${SPOTS.map((name) => `<div data-${name}></div>`).join('')}<template data-source="/board.json" data-charts="/charts.json"></template>`;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('draws for every hour how many of its promises held, against a line at what was promised', async () => {
  const plot = await draw(charts([held('09', 9, 0, 1), held('10', 2, 1, 3, 4), held('11', 0, 0, 0, 6)], 68.8));
  const columns = all(plot, 'rect');
  expect(columns.map((one) => one.getAttribute('class'))).toEqual(['kept', 'broken']);
  const [line] = all(plot, 'line.ideal');
  expect(number(line, 'y1')).toBe(number(line, 'y2'));
  expect(number(columns[0], 'y')).toBeLessThan(number(line, 'y1'));
  expect(number(columns[1], 'y')).toBeGreaterThan(number(line, 'y1'));
  const axis = all(plot, 'text').map((one) => one.textContent);
  expect(axis).toEqual(expect.arrayContaining(['90%', '33%', '09:00', '10:00', '11:00']));
  expect(all(plot, 'title')[1].textContent).toContain('已见分晓 6 次，兑现 2（33.3%），偏早 1，偏晚 3；未见分晓 4 次');
  expect(document.querySelector('[data-kept]')?.textContent).toBe('承诺 80% 的区间，实际兑现 68.8%（16 次）');
});

it('names the hours it has room for when a fair goes on for days', async () => {
  const hours = Array.from({ length: 40 }, (_, index) => held(String(index % 24).padStart(2, '0'), 8, 1, 1));
  const plot = await draw(charts(hours, 80));
  expect(all(plot, 'rect.kept')).toHaveLength(40);
  expect(all(plot, 'text').filter((one) => one.textContent?.includes(':')).length).toBeLessThan(15);
});

it('says what will stand there before the first promise is due', async () => {
  const plot = await draw(charts([held('09', 0, 0, 0, 12)], null));
  expect(all(plot, 'svg')).toHaveLength(0);
  expect(plot.textContent).toContain('按小时显示承诺兑现了多少');
});
