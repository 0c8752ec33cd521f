import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Problem, type Misfit } from '@/shared/api';
import { messageOf } from '@/app/feedback';
import { setLocale } from '@/app/i18n';
import { misfitText } from '@/pages-fair/booth/misfits';
import en from '@/shared/i18n/en';
import { createTranslator, type Locale } from '@/shared/i18n/translator';
import zhCN from '@/shared/i18n/zh-CN';

type Tree = { [key: string]: string | Tree };
const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`)));
const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const code = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|\/\/.*$/gm, '');
const files = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });

describe('texts', () => {
  const english = new Map(leaves(en as unknown as Tree));
  const chinese = leaves(zhCN as unknown as Tree);

  it('have the same keys and the same holes in both languages', () => {
    expect([...english.keys()].sort()).toEqual(chinese.map(([key]) => key).sort());
    for (const [key, text] of chinese) {
      if (english.get(key)) expect(holes(english.get(key) as string), key).toEqual(holes(text));
    }
  });

  it('are translated: no Chinese stands in the English', () => {
    expect([...english.values()].filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
  });

  it('stand in no component', () => {
    const allowed = ['me.vue']; // the language's own name in the switch
    const spoken = files('src').filter((file) => file.endsWith('.vue') && !allowed.some((name) => file.endsWith(name)))
      .filter((file) => /[\u4e00-\u9fff]/.test(code(file)));
    expect(spoken).toEqual([]);
  });

  it('follow the locale and fill the holes', () => {
    const locale: { value: Locale } = { value: 'zh-CN' };
    const { t, tOptional } = createTranslator<typeof zhCN>({ 'zh-CN': zhCN, en }, locale);
    expect(t('interview.queue.ahead', { n: 3 })).toBe('前面还有 3 人');
    locale.value = 'en';
    expect(t('interview.queue.ahead', { n: 3 })).toBe('3 ahead of you');
    expect(tOptional('problem.no-such-rule')).toBeUndefined();
  });
});

describe('what the server says by a code', () => {
  afterEach(() => setLocale('zh-CN'));
  const misfits: Misfit[] = [{ code: 'degree', wanted: ['master', 'doctor'], mine: 'bachelor' }, { code: 'major', wanted: ['护理学'], mine: '软件工程' }, { code: 'year', wanted: ['2026'], mine: '2027' }];

  it('is a sentence in either language: what does not fit who should apply', () => {
    expect(misfits.map(misfitText)).toEqual(['希望学历为硕士、博士，你的学历为本科', '希望专业为护理学，你的专业为软件工程', '希望 2026 年毕业，你为 2027 届']);
    setLocale('en');
    expect(misfits.map(misfitText)).toEqual([
      'Degree asked for: Master, Doctorate; yours: Bachelor', 'Major asked for: 护理学; yours: 软件工程', 'Graduates of 2026 are asked for; you graduate in 2027',
    ]);
  });

  it('is never told as a service that is away when it was a refusal', () => {
    setLocale('en');
    expect(messageOf(new Problem(409, { type: '/problems/hold-not-allowed', title: '本场双选会不能申请稍候' }))).toBe('This fair grants no waits');
    expect(messageOf(new Problem(409, { type: '/problems/of-a-newer-server', title: '新的规则' }))).toContain('did not work');
    expect(messageOf(new Problem(503, { type: '/problems/of-a-newer-server' }))).toContain('not available');
    setLocale('zh-CN');
    expect(messageOf(new Problem(409, { type: '/problems/of-a-newer-server', title: '新的规则' }))).toBe('新的规则');
  });
});

describe('the shared core', () => {
  it('knows neither Vue nor uni-app', () => {
    const tied = files('src/shared').filter((file) => file.endsWith('.ts') && /from '(vue|pinia|@dcloudio|@\/)|\buni\./.test(code(file)));
    expect(tied).toEqual([]);
  });

  it('asks nothing of a foreign server', () => {
    const foreign = files('src').filter((file) => /\.(vue|ts|css|json)$/.test(file) && /https?:\/\/(?!127\.0\.0\.1|www\.w3\.org)[a-z]/.test(readFileSync(file, 'utf8')) && !file.includes('shared/call'));
    expect(foreign).toEqual([]);
  });
});
