import { describe, expect, it } from 'vitest';
import { choicesOf, ownWord } from '@/shared/verdicts';

describe('the words of a verdict', () => {
  it("keeps a fair's own word in every language", () => expect(ownWord('pass', '进入二面')).toBe('进入二面'));
  it('leaves the common word to the reader\'s language', () => expect([ownWord('hold', '待定'), ownWord('fail', null)]).toEqual([null, null]));
});

describe('the verdicts to choose from', () => {
  const english = { pass: 'Suitable', fail: 'Not suitable', hold: 'Open' };
  const offered = (verdicts: object) => choicesOf(verdicts, (verdict) => english[verdict]).map(({ value, label }) => `${value} ${label}`);

  it('are those the fair allows: 待定 is a setting [E10]', () => {
    expect(offered({ pass: '合适', fail: '不合适' })).toEqual(['pass Suitable', 'fail Not suitable']);
    expect(offered({ pass: '合适', fail: '不合适', hold: '待定' })).toEqual(['pass Suitable', 'fail Not suitable', 'hold Open']);
  });

  it("are in the fair's own words, and always in one order", () => {
    expect(offered({ hold: '再议', fail: '淘汰', pass: '进入二面' })).toEqual(['pass 进入二面', 'fail 淘汰', 'hold 再议']);
  });
});
