import { describe, expect, it } from 'vitest';
import { lookSeconds, newsPace } from '@/composables/pace';

describe('how often a desk reads its hall', () => {
  it.each(['idle', 'ringing', 'in_call', 'concluding'])('reads at once what happens to its own call (%s)', (state) => {
    expect(newsPace(state, true)).toBeUndefined();
  });

  it('reads the rest soon only while it could ring somebody', () => {
    expect(newsPace('idle', false)).toBe(3000);
    for (const state of ['ringing', 'in_call', 'concluding']) expect(newsPace(state, false)).toBe(60_000);
  });

  it('looks by itself for who has come online while people wait', () => {
    expect(lookSeconds('idle', 4)).toBe(10);
    expect(lookSeconds('idle', 0)).toBe(60);
  });

  it('does not trust news alone while it rings', () => {
    expect(lookSeconds('ringing', 0)).toBe(10);
  });
});
