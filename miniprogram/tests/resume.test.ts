import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ResumeContent } from '@/shared/api';
import { editable, isFilled, lacksName, sectionSpec, storable, wrongFields } from '@/shared/resume/sections';
import { useResume } from '@/stores/resume';

describe('a résumé’s sections', () => {
  it('hold back what is half typed, and blanks', () => {
    expect(storable('basics', { name: '林小满', phone: '1380', email: 'a@b.cn', city: '' })).toEqual({ name: '林小满', email: 'a@b.cn' });
    expect(wrongFields(sectionSpec('basics'), { phone: '1380', email: 'x' })).toEqual(['phone', 'email']);
  });

  it('hold back an entry without its name, and keep the others', () => {
    const projects = [{ name: '', role: '后端' }, { name: '选课系统', role: '', start: '2025-01', end: 'present' }] as unknown as ResumeContent['projects'];
    expect(storable('projects', projects)).toEqual([{ name: '选课系统', start: '2025-01', end: 'present' }]);
    expect(lacksName(sectionSpec('projects'), { role: '后端' })).toBe(true);
  });

  it('call a span wrong that ends before it starts, and pay that shrinks', () => {
    const education = sectionSpec('education');
    expect(wrongFields(education, { school: '江城', start: '2026-01', end: '2025-12' })).toEqual(['end']);
    expect(wrongFields(education, { school: '江城', start: '2026-01', end: 'present' })).toEqual([]);
    expect(wrongFields(sectionSpec('intention'), { salary_min: 9000, salary_max: 8000 })).toEqual(['salary_max']);
  });

  it('are editable when the server has nothing, without touching what it has', () => {
    const content = { skills: [{ name: 'Go', level: '熟悉' }] };
    const copy = editable('skills', content);
    copy[0].name = 'Rust';
    expect(content.skills[0].name).toBe('Go');
    expect(editable('education', {})).toEqual([]);
    expect(editable('basics', undefined)).toEqual({});
    expect([isFilled(content, 'skills'), isFilled(content, 'basics'), isFilled({ basics: { name: '' } }, 'basics')]).toEqual([true, false, false]);
  });
});

describe('autosave', () => {
  const answer = (version: number) => ({ statusCode: 200, data: { version, content: {}, completeness: 60, sections: [] } });
  const refusal = (type: string) => ({ statusCode: 409, data: { type } });

  /** The network as uni-app gives it: each request takes the next answer; `cut` fails as a dead network does. */
  function network(...answers: (ReturnType<typeof answer> | ReturnType<typeof refusal> | 'cut')[]) {
    const asked: { method: string; url: string; body: unknown }[] = [];
    uni.request = ((request: UniApp.RequestOptions) => {
      asked.push({ method: request.method as string, url: request.url, body: request.data ? JSON.parse(request.data as string) : undefined });
      const next = answers.shift() ?? 'cut';
      if (next === 'cut') request.fail?.({ errMsg: 'request:fail' });
      else request.success?.(next as unknown as UniApp.RequestSuccessCallbackResult);
    }) as typeof uni.request;
    return asked;
  }

  beforeEach(() => {
    vi.useFakeTimers();
    setActivePinia(createPinia());
  });
  afterEach(() => vi.useRealTimers());

  it('sends once after a pause, with the newest words', async () => {
    const asked = network(answer(2));
    const store = useResume();
    store.edit('self_evaluation', { text: '认' });
    store.edit('self_evaluation', { text: '认真' });
    expect(store.state).toBe('dirty');
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([{ method: 'PUT', url: '/api/resume/sections/self_evaluation', body: { content: { text: '认真' } } }]);
    expect(store.state).toBe('saved');
  });

  it('keeps what was typed when the network is dead, and sends it on the next try', async () => {
    const asked = network('cut', 'cut', 'cut', answer(3));
    const store = useResume();
    store.edit('self_evaluation', { text: '踏实' });
    const first = store.flush();
    await vi.advanceTimersByTimeAsync(5000);
    await first;
    expect(store.state).toBe('failed');
    await store.flush();
    expect(store.state).toBe('saved');
    expect(asked.at(-1)?.body).toEqual({ content: { text: '踏实' } });
  });

  it('takes the newer version after a conflict and saves this page on the next try', async () => {
    const asked = network(refusal('/problems/resume-changed'), answer(9), answer(10));
    const store = useResume();
    store.edit('self_evaluation', { text: '踏实' });
    await store.flush();
    expect(store.state).toBe('failed');
    await store.flush();
    expect(asked.map((request) => request.method)).toEqual(['PUT', 'GET', 'PUT']);
    expect(asked[2].body).toEqual({ content: { text: '踏实' }, version: 9 });
    expect(store.resume?.version).toBe(10);
  });
});
