import { describe, expect, it } from 'vitest';
import { blank, daysAfter, differs, gapsOf, tidy, todayInChina } from '@/position-rules';
import type { PositionDetails } from '@/api/employer';

const TODAY = '2026-12-01';
const whole = (change: Partial<PositionDetails> = {}): PositionDetails => ({
  ...blank(), title: '后端工程师', province: '浙江', city: '杭州', address: '江南大道 100 号', salary_min: 9000, salary_max: 15000,
  duties: '负责订单系统的设计与开发。', requirements: '熟悉 Python。', valid_until: '2027-03-01', ...change,
});

describe('what a posting must tell', () => {
  it('[C03] names every gap of an empty one, and nothing of a whole one', () => {
    expect(Object.keys(gapsOf(blank(), TODAY)).sort()).toEqual(['address', 'city', 'duties', 'province', 'requirements', 'salary_max', 'title', 'valid_until']);
    expect(gapsOf(whole(), TODAY)).toEqual({});
  });

  it('[C03] asks of a draft no more than its name and pay in order', () => {
    expect(gapsOf({ ...blank(), title: '测试' }, TODAY, true)).toEqual({});
    expect(gapsOf({ ...blank(), title: '  ' }, TODAY, true)).toEqual({ title: 'form.gapTitle' });
    expect(gapsOf({ ...blank(), title: '测试', salary_min: 9000, salary_max: 8000 }, TODAY, true)).toEqual({ salary_max: 'form.gapPayOrder' });
  });

  it.each([
    ['valid_until', '2026-11-30', 'form.gapValidPast'], ['valid_until', '2028-01-01', 'form.gapValidLong'], ['headcount', 0, 'form.gapHeadcount'],
    ['headcount', 10_000, 'form.gapHeadcount'], ['duties', '写代码', 'form.gapDuties'], ['salary_min', 0, 'form.gapPay'],
  ] as const)('[C03] refuses %s = %s', (field, value, key) => {
    expect(Object.values(gapsOf(whole({ [field]: value }), TODAY))).toEqual([key]);
  });

  it('takes the last day itself, and a year ahead', () => {
    expect(gapsOf(whole({ valid_until: TODAY }), TODAY)).toEqual({});
    expect(gapsOf(whole({ valid_until: daysAfter(TODAY, 366) }), TODAY)).toEqual({});
  });

  it('sends texts without blanks at their ends and an emptied number as 0', () => {
    const sent = tidy(whole({ title: ' 后端  工程师 ', duties: ' 一\n二 \n', salary_min: '' as unknown as number, valid_until: '', school_ids: [3, 1] }));
    expect(sent).toMatchObject({ title: '后端 工程师', duties: '一\n二', salary_min: 0, valid_until: null, school_ids: [1, 3] });
  });

  it('[C04] tells other schools from another text', () => {
    expect(differs(whole(), whole())).toEqual({ text: false, schools: false });
    expect(differs(whole(), whole({ school_ids: [2] }))).toEqual({ text: false, schools: true });
    expect(differs(whole(), whole({ headcount: 2 }))).toEqual({ text: true, schools: false });
    expect(differs(whole(), whole({ title: '后端工程师 ' })).text).toBe(false);
  });

  it('counts days as they are in China', () => {
    expect(todayInChina(Date.parse('2026-11-30T15:59:59Z'))).toBe('2026-11-30');
    expect(todayInChina(Date.parse('2026-11-30T16:00:00Z'))).toBe('2026-12-01');
  });
});
