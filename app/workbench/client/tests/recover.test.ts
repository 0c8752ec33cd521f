import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, nextTick, type Component } from 'vue';
import { createPinia } from 'pinia';
import type { PasswordAppeal } from '@shared/api';
import AppealLook from '@/components/recover/appeal-look.vue';
import OnlineWay from '@/components/recover/online-way.vue';
import { emptyDraft, faultsOf, sameText } from '@/components/recover/appeal-draft';
import { wayOf } from '@/components/recover/ways';
import { router } from '@/router';
import { server } from './fixtures';

const CAPTCHA = { id: 'c1', kind: 'image', image: 'data:image/png;base64,AA', question: null };
const RECOVERY = {
  ticket: 't1', expires_at: '2099-01-01T00:00:00Z',
  ways: [{ kind: 'phone', masked: '138****6666', is_available: true }, { kind: 'mail', masked: 'z***@c***.cn', is_available: false }],
};
const APPEAL: PasswordAppeal = {
  number: 'AB12CD34EF', status: 'pending', company_name: '远航科技', uscc: '91330100000000001X', applicant: '周敏', phone_masked: '139****8888', reason: '手机已停用',
  seal_name: '远航科技', paper_reason: '手机已停用', has_statement: true, rejected_reason: '', submitted_at: '2026-11-21T03:00:00Z', decided_at: null, ticket: null, expires_at: null,
};

let unmount = () => {};
beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => {
  unmount();
  vi.useRealTimers();
});

function open(component: Component, told: Record<string, unknown> = {}) {
  const place = document.body.appendChild(document.createElement('div'));
  const app = createApp(component, told).use(createPinia()).use(router);
  app.mount(place);
  unmount = () => {
    app.unmount();
    place.remove();
  };
  const type = (label: string, value: string) => {
    const found = [...place.querySelectorAll('label')].find((one) => one.textContent?.trim() === label);
    const input = place.querySelector<HTMLInputElement>(`[id="${found?.getAttribute('for')}"]`)!;
    input.value = value;
    input.dispatchEvent(new Event('input'));
  };
  const submit = async () => {
    place.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await nextTick();
  };
  const says = (text: string) => vi.waitFor(() => expect(place.textContent).toContain(text));
  const button = (text: string) => [...place.querySelectorAll('button')].find((one) => one.textContent?.includes(text));
  return { place, type, submit, says, button };
}

async function toTheCode(answers: Parameters<typeof server>[0], told = {}) {
  const asked = server({
    'GET /captcha?kind=image': () => ({ body: CAPTCHA }),
    'POST /recoveries': () => ({ status: 201, body: RECOVERY }),
    'POST /recoveries/t1/code': () => ({ body: { minutes: 10, resend_seconds: 60 } }),
    ...answers,
  });
  const page = open(OnlineWay, told);
  await vi.waitFor(() => expect(page.place.querySelector('img')).not.toBeNull());
  page.type('单位名称', '远航科技（杭州）有限公司');
  page.type('图形验证码', 'ab3d');
  await page.submit();
  await page.says('138****6666');
  await page.submit();
  await page.says('10 分钟内有效');
  return { page, asked };
}

describe('recovery online', () => {
  it('[A15] goes from the company to an address, a code and the right to a new password', async () => {
    const grant = { reset_token: 'r1', username: 'zhou.min', expires_at: '2099-01-01T00:00:00Z' };
    const granted = vi.fn();
    const { page, asked } = await toTheCode({ 'POST /recoveries/t1/proof': () => ({ body: grant }) }, { onGranted: granted });
    expect(asked.find(({ route }) => route === 'POST /recoveries')?.body).toEqual({ company: '远航科技（杭州）有限公司', captcha_id: 'c1', captcha_answer: 'ab3d' });
    expect(asked.at(-1)?.body).toEqual({ way: 'phone' });
    page.type('验证码', '123456');
    await page.submit();
    await vi.waitFor(() => expect(granted).toHaveBeenCalledWith(grant));
  });

  it('[A15] counts the tries that are left, and the seconds until another code', async () => {
    const wrong = { status: 422, body: { type: '/problems/recovery-code-wrong', title: '验证码不正确', tries_left: 4 } };
    const { page, asked } = await toTheCode({ 'POST /recoveries/t1/proof': () => wrong });
    page.type('验证码', '12345');
    await page.submit();
    await page.says('请填写 6 位数字验证码');
    page.type('验证码', '123456');
    await page.submit();
    await page.says('还可尝试 4 次');
    expect(page.button('秒后可重新发送')?.disabled).toBe(true);
    await vi.advanceTimersByTimeAsync(61_000);
    page.button('重新发送')!.click();
    await vi.waitFor(() => expect(asked.filter(({ route }) => route.endsWith('/code'))).toHaveLength(2));
  });

  it('begins anew when it took too long', async () => {
    const { page } = await toTheCode({ 'POST /recoveries/t1/proof': () => ({ status: 404, body: { type: '/problems/recovery-not-found', title: '无效' } }) });
    page.type('验证码', '123456');
    await page.submit();
    await page.says('找回请求已失效，请重新开始');
    expect(page.place.textContent).toContain('单位名称');
  });
});

describe('an appeal', () => {
  it('[A16] shows how it stands by its number and the end of the phone', async () => {
    const states: PasswordAppeal[] = [APPEAL, { ...APPEAL, status: 'draft', rejected_reason: '公章不清晰' }];
    const asked = server({ 'POST /password-appeals/state': () => ({ body: states.shift() }) });
    const page = open(AppealLook);
    page.type('申诉编号', ' AB12CD34EF ');
    page.type('手机号后 4 位', '8888');
    await page.submit();
    await page.says('已提交，等待审核');
    expect(asked[0].body).toEqual({ number: 'AB12CD34EF', phone_tail: '8888' });
    page.button('刷新')!.click();
    await page.says('退回原因：公章不清晰');
    expect(page.button('修改后重新提交')).toBeDefined();
  });

  it('[A16] says what is missing before anything is sent', () => {
    expect(Object.keys(faultsOf(emptyDraft(), true))).toEqual(['company_name', 'uscc', 'applicant', 'phone', 'reason']);
    const full = { company_name: '远航科技', uscc: '91330100000000001X', applicant: '周敏', phone: '13900008888', reason: '手机已停用' };
    expect(faultsOf(full, true)).toEqual({});
    expect(faultsOf({ ...full, phone: '' }, false)).toEqual({});
    expect(Object.keys(faultsOf({ ...full, phone: '1390000888' }, true))).toEqual(['phone']);
  });

  it('compares names as the server does', () => {
    expect(sameText('远航（杭州）公司', '远航(杭州) 公司')).toBe(true);
    expect(sameText('远航公司', '远航公司。')).toBe(false);
  });

  it('knows its ways by their addresses', () => {
    expect([wayOf('appeal'), wayOf('nothing'), wayOf(undefined)]).toEqual(['appeal', null, null]);
  });
});
