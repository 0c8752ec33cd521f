import { describe, expect, it } from 'vitest';
import { ago, clockNear, clockTime, dayWithWeekday, monthSpan, salary, span, stopwatch, timeWindow } from '@/shared/format';
import { ServerClock } from '@/shared/server-clock';
import { sceneOf, sceneOfQuery, tokenOf } from '@/shared/scene';

describe('times', () => {
  it('are China’s, wherever the phone is', () => {
    expect(clockTime('2026-11-21T16:30:00Z')).toBe('00:30');
    expect(dayWithWeekday('2026-11-21T16:30:00Z')).toBe('11月22日 周日');
    expect(dayWithWeekday('2026-11-21T16:30:00Z', 'en')).toBe('Nov 22 Sun');
  });

  it('name the day only when it is not today', () => {
    const now = Date.parse('2026-11-21T15:30:00Z');
    expect([clockNear('2026-11-21T15:50:00Z', now), clockNear('2026-11-21T16:10:00Z', now)]).toEqual(['23:50', '11月22日 00:10']);
  });

  it('name the day once when a window stays inside it', () => {
    expect(timeWindow('2026-11-21T01:00:00Z', '2026-11-21T10:00:00Z')).toBe('11月21日 周六 09:00–18:00');
    expect(timeWindow('2026-11-21T01:00:00Z', '2026-11-22T10:00:00Z')).toBe('11月21日 09:00 – 11月22日 18:00');
  });

  it('tell waits and running clocks', () => {
    expect([span(30), span(300), span(4800), span(3600)]).toEqual(['刚刚', '5 分钟', '1 小时 20 分', '1 小时']);
    expect(ago('2026-11-21T01:00:00Z', Date.parse('2026-11-21T01:05:00Z'))).toBe('5 分钟前');
    expect(ago('2026-11-20T01:00:00Z', Date.parse('2026-11-21T01:05:00Z'))).toBe('11月20日 09:00');
    expect([stopwatch(187), stopwatch(3787), stopwatch(-2)]).toEqual(['03:07', '1:03:07', '00:00']);
  });

  it('write spans of months', () => {
    expect(monthSpan('2023-09', 'present')).toBe('2023.09 – 至今');
    expect(monthSpan('2023-09', '2027-06', 'en')).toBe('2023.09 – 2027.06');
    expect(monthSpan(undefined, undefined)).toBe('');
  });
});

describe('pay', () => {
  it('is thousands of yuan a month', () => {
    expect(salary(8000, 12000)).toBe('8–12K');
    expect(salary(8500, 8500)).toBe('8.5K');
    expect(salary(8000, null)).toBe('8K 起');
    expect(salary(null, 12000)).toBe('12K 以内');
    expect(salary(null, null)).toBe('面议');
    expect(salary(null, null, 'en')).toBe('Negotiable');
  });
});

describe('the server’s clock', () => {
  it('counts down by the server’s time on a phone whose clock is wrong', () => {
    const clock = new ServerClock(() => Date.parse('2026-11-21T00:00:00Z'));
    clock.learn('2026-11-21T09:00:00Z');
    expect(clock.secondsUntil('2026-11-21T09:00:29.500Z')).toBe(30);
    expect(clock.secondsUntil('2026-11-21T08:00:00Z')).toBe(0);
    expect(clock.secondsUntil(null)).toBe(0);
    clock.learn('nonsense');
    expect(clock.secondsUntil('2026-11-21T09:00:30Z')).toBe(30);
  });
});

describe('scenes', () => {
  it('are found in whatever a code holds', () => {
    expect(sceneOf('f.S2kCZKdzy2Ck')).toBe('f.S2kCZKdzy2Ck');
    expect(sceneOf('https://fair.example.edu.cn/m/s?scene=r.kp6n6pJFBrjG')).toBe('r.kp6n6pJFBrjG');
    expect(sceneOf('pages/scan/scan?scene=l.abc-_1')).toBe('l.abc-_1');
    expect(sceneOf('https://fair.example.edu.cn/m/s?scene=f%2Eabc')).toBe('f.abc');
    expect(sceneOfQuery({ q: encodeURIComponent('https://fair.example.edu.cn/m/s?scene=f.abc') })).toBe('f.abc');
    expect(tokenOf('r.abc.d')).toBe('abc.d');
  });

  it('are not invented', () => {
    expect(sceneOf('https://elsewhere.example/?x=1')).toBeNull();
    expect(sceneOf('')).toBeNull();
    expect(sceneOf('%')).toBeNull();
    expect(sceneOfQuery({ scene: 'broken scene' })).toBe('broken scene'); // the server says that it is unknown
  });
});
