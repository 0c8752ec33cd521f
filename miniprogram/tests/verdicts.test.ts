import { describe, expect, it } from 'vitest';
import { ownWord } from '@/shared/verdicts';

describe('the words of a verdict', () => {
  it("keeps a fair's own word in every language", () => expect(ownWord('pass', '进入二面')).toBe('进入二面'));
  it('leaves the common word to the reader\'s language', () => expect([ownWord('hold', '待定'), ownWord('fail', null)]).toEqual([null, null]));
});
