import { describe, expect, it } from 'vitest';
import { csvOf, neutral } from '@/csv';

describe('the download of results', () => {
  it.each(['=1+1', '+86', '-2', '@SUM(A1)', '\t=1', '＝cmd'])('makes the formula %j plain text', (cell) => {
    expect(neutral(cell)).toBe(`'${cell}`);
  });

  it('leaves ordinary words alone', () => {
    expect(neutral('沟通清楚')).toBe('沟通清楚');
  });

  it('quotes commas, quotes and line breaks, and starts with the mark Excel needs', () => {
    expect(csvOf([['姓名', '评语'], ['林晓雨', '好, "很好"\n可复试']])).toBe('\uFEFF姓名,评语\r\n林晓雨,"好, ""很好""\n可复试"\r\n');
  });
});
