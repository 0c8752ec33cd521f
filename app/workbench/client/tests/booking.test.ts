import { describe, expect, it } from 'vitest';
import type { PlanPlace } from '@shared/api';
import { areasOf, isChoosable, neighbour } from '@/floor-plan';
import { blankInterviewer, faultsOf, isFine, tidy } from '@/interviewers';

let next = 1;
const place = (area: string, row: number, col: number, state: PlanPlace['state'] = 'free'): PlanPlace => ({
  id: next++, number: `${area}${row}${col}`, area, row, col, note: '', state, employer_name: '',
});

describe('the floor plan', () => {
  const plan = [place('A', 2, 1), place('A', 1, 2), place('A', 1, 1), place('A', 1, 3, 'taken'), place('B', 1, 2, 'reserved'), place('B', 1, 5)];
  const areas = areasOf(plan);
  const numberAfter = (from: number, key: string) => neighbour(areas, plan[from].id, key)?.number ?? null;

  it('is drawn area by area, row by row [B07]', () => {
    expect(areas.map(({ area, rows }) => [area, rows.map((row) => row.map(({ number }) => number))])).toEqual([
      ['A', [['A11', 'A12', 'A13'], ['A21']]],
      ['B', [['B12', 'B15']]],
    ]);
  });

  it('is walked with the arrow keys, over rows and areas', () => {
    expect(numberAfter(2, 'ArrowRight')).toBe('A12');
    expect(numberAfter(3, 'ArrowRight')).toBe('A21');
    expect(numberAfter(3, 'ArrowDown')).toBe('A21');
    expect(numberAfter(0, 'ArrowDown')).toBe('B12');
    expect(numberAfter(5, 'ArrowUp')).toBe('A21');
    expect(numberAfter(1, 'End')).toBe('A13');
    expect(numberAfter(1, 'Home')).toBe('A11');
    expect(numberAfter(2, 'ArrowLeft')).toBeNull();
    expect(numberAfter(2, 'ArrowUp')).toBeNull();
    expect(numberAfter(2, 'x')).toBeNull();
    expect(neighbour(areas, 999, 'ArrowDown')).toBeNull();
  });

  it('offers what is free and what is mine, nothing else [B07]', () => {
    const states: PlanPlace['state'][] = ['free', 'mine', 'held', 'taken', 'reserved'];
    expect(states.filter((state) => isChoosable(place('C', 1, 1, state)))).toEqual(['free', 'mine']);
  });
});

describe('the interviewers', () => {
  it('are sent trimmed, without empty rows [C09]', () => {
    expect(tidy([{ name: ' 周敏 ', title: '经理 ', phone: '' }, blankInterviewer()])).toEqual([{ name: '周敏', title: '经理', phone: '' }]);
  });

  it('need a name, and a number that can be called, where one is given [C09]', () => {
    const rows = [
      { name: '', title: '经理', phone: '' },
      { name: '周敏', title: '', phone: '12' },
      { name: '王强', title: '', phone: '0571-8888 6666' },
      blankInterviewer(),
    ];
    expect(faultsOf(rows)).toEqual([{ name: true, phone: false }, { name: false, phone: true }, { name: false, phone: false }, { name: false, phone: false }]);
    expect(isFine(rows)).toBe(false);
    expect(isFine(rows.slice(2))).toBe(true);
  });
});
