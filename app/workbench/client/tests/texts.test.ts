import { afterEach, describe, expect, it } from 'vitest';
import en from '@/texts/en';
import zhCN from '@/texts/zh-CN';
import { setLocale, t, word } from '@/texts';
import { browserName } from '@/browser-name';
import { verdictsOf } from '@/verdicts';
import { hall } from './fixtures';

const flat = (node: object, path = ''): [string, string][] =>
  Object.entries(node).flatMap(([key, value]) => (typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`)));
const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

afterEach(() => setLocale('zh-CN'));

describe('texts', () => {
  it('say the same in both languages, with the same placeholders', () => {
    const english = new Map(flat(en));
    for (const [key, text] of flat(zhCN)) {
      expect(english.has(key), key).toBe(true);
      expect(names(english.get(key) ?? ''), key).toEqual(names(text));
    }
    expect(english.size).toBe(flat(zhCN).length);
  });

  it('have the server\'s reason codes in both languages', () => {
    expect(word('reason', 'skills_mismatch')).toBe('经历与岗位要求有差距');
    setLocale('en');
    expect(word('reason', 'place_mismatch')).toBe('Place of work does not fit');
  });

  it('fill in names and fall back to the word of a newer server', () => {
    expect(t('hall.callThis', { name: '林晓雨' })).toBe('呼叫 林晓雨');
    setLocale('en');
    expect(word('status', 'in_call')).toBe('In call');
    expect(word('status', 'brand_new')).toBe('brand_new');
  });

  it('name a browser briefly', () => {
    const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
    expect(browserName(chrome)).toBe('Chrome 156 · X11');
    expect(browserName(`${chrome} Edg/156.0.0.0`)).toBe('Edg 156 · X11');
    expect(browserName('x'.repeat(300)).length).toBeLessThanOrEqual(80);
  });

  it.each(['zh-CN', 'en'] as const)('promise no call to a student whose page is closed, but name the button that reaches them (%s)', (language) => {
    setLocale(language);
    const said = (['message', 'sms'] as const).map((reach) => t(`reach.${reach}Hint`, { nudge: t('hall.nudge') }));
    for (const hint of said) {
      expect(hint).toContain(t('hall.nudge'));
      expect(hint).toMatch(/不能呼叫|no call is possible/);
    }
    expect(t('reach.noneHint')).toMatch(/不能呼叫|no call is possible/);
  });

  it('offer 待定 only where the fair names it', () => {
    expect(verdictsOf(hall().fair).map(({ label }) => label)).toEqual(['合适', '不合适']);
    const fair = { ...hall().fair, verdicts: { fail: '淘汰', hold: '待定', pass: '通过' } };
    expect(verdictsOf(fair).map(({ label, key }) => `${key}${label}`)).toEqual(['1通过', '2淘汰', '3待定']);
  });
});
