import { afterEach, describe, expect, it, vi } from 'vitest';
import { createApp, nextTick } from 'vue';
import { createPinia } from 'pinia';
import type { Session } from '@shared/api';
import PasswordDoor from '@/components/door/password-door.vue';
import { weaknessOf } from '@/password-rule';
import { router } from '@/router';
import { server } from './fixtures';

const SESSION: Session = { access_token: 'a', expires_in: 7200, refresh_token: 'r', account: { id: 1, name: '周敏', roles: ['recruiter'] } };
const refused = (captchaNeeded: boolean) => ({ status: 401, body: { type: '/problems/password-sign-in-refused', title: '用户名或密码不正确', captcha_needed: captchaNeeded } });
const CAPTCHA = { id: 'c1', kind: 'image', image: 'data:image/png;base64,AA', question: null };

let unmount = () => {};
afterEach(() => unmount());

function open(enter: (session: Session) => boolean) {
  const place = document.body.appendChild(document.createElement('div'));
  const app = createApp(PasswordDoor, { enter }).use(createPinia()).use(router);
  app.mount(place);
  unmount = () => {
    app.unmount();
    place.remove();
  };
  const field = (label: string) => {
    const found = [...place.querySelectorAll('label')].find((one) => one.textContent === label);
    return place.querySelector<HTMLInputElement>(`[id="${found?.getAttribute('for')}"]`);
  };
  const type = (label: string, value: string) => {
    const input = field(label)!;
    input.value = value;
    input.dispatchEvent(new Event('input'));
  };
  const submit = async () => {
    place.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await vi.waitFor(() => expect(place.querySelector('.t-is-loading')).toBeNull());
    await nextTick();
  };
  return { place, field, type, submit };
}

describe('signing in by password', () => {
  it('[A13] asks for a captcha once the server does, and sends its answer', async () => {
    const answers = [refused(false), refused(true), { body: SESSION }];
    const asked = server({ 'POST /login/password': () => answers.shift()!, 'GET /captcha?kind=image': () => ({ body: CAPTCHA }) });
    const enter = vi.fn(() => true);
    const page = open(enter);
    page.type('用户名', ' zhou.min ');
    page.type('密码', 'wrong horse 42');
    await page.submit();
    await vi.waitFor(() => expect(page.place.querySelector('[role="alert"]')?.textContent).toContain('用户名或密码不正确'));
    expect(page.field('图形验证码')).toBeNull();
    page.type('密码', 'wrong horse 42');
    await page.submit();
    await vi.waitFor(() => expect(page.place.querySelector('img')).not.toBeNull());
    page.type('密码', 'correct horse 42');
    await page.submit();
    expect(page.place.textContent).toContain('请填写验证码');
    page.type('图形验证码', 'ab3d');
    await page.submit();
    await vi.waitFor(() => expect(enter).toHaveBeenCalledWith(SESSION));
    expect(asked.at(-1)?.body).toEqual({ username: 'zhou.min', password: 'correct horse 42', captcha_id: 'c1', captcha_answer: 'ab3d' });
  });

  it('sends nothing while something is missing, and says what', async () => {
    const asked = server({});
    const page = open(() => true);
    await page.submit();
    expect(page.place.textContent).toContain('请填写用户名');
    expect(page.place.textContent).toContain('请填写密码');
    expect(page.field('用户名')?.getAttribute('aria-invalid')).toBe('true');
    expect(asked).toEqual([]);
  });

  it('shows the password only to who wants to see it', async () => {
    server({});
    const page = open(() => true);
    expect(page.field('密码')?.type).toBe('password');
    page.place.querySelector<HTMLButtonElement>('[aria-label="显示密码"]')!.click();
    await nextTick();
    expect(page.field('密码')?.type).toBe('text');
  });

  it('leads whoever got a one-time code from staff to where it is used', async () => {
    server({ 'POST /login/password': () => ({ status: 409, body: { type: '/problems/password-outdated', title: '该密码已停用' } }) });
    const page = open(() => true);
    page.type('用户名', 'zhou.min');
    page.type('密码', 'correct horse 42');
    await page.submit();
    await vi.waitFor(() => expect(page.place.querySelector('[role="alert"] a')?.getAttribute('href')).toBe('/desk/recover?way=staff'));
  });
});

describe('a new password', () => {
  it.each([
    ['123456789', 'password.tooShort'],
    ['1234567890', 'password.onlyDigits'],
    ['ZHOU.MIN.HR', 'password.isName'],
    ['zhou.min.hr1', null],
  ])('%s is judged as the server judges it', (password, weakness) => {
    expect(weaknessOf(password, 'zhou.min.hr')).toBe(weakness);
  });
});
