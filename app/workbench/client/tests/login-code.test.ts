import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, defineComponent } from 'vue';
import type { Session } from '@shared/api';
import { useLoginCode } from '@/composables/login-code';
import { safeNext } from '@/router';
import { server } from './fixtures';

const SESSION: Session = { access_token: 'a', expires_in: 7200, refresh_token: 'r', account: { id: 1, name: '沈佳', roles: ['recruiter'] } };
const code = { ticket: 't1', secret: 's1', scene: 'l.t1', url: '', qr_svg: '<svg/>', expires_at: '2099-01-01T00:00:00Z' };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function open(confirmed: (session: Session) => void) {
  let value!: ReturnType<typeof useLoginCode>;
  const app = createApp(defineComponent({ setup: () => ((value = useLoginCode(confirmed)), () => null) }));
  app.mount(document.createElement('div'));
  return { ...value, unmount: () => app.unmount() };
}

describe('login by QR code', () => {
  it('follows the phone until it confirms, then stops asking', async () => {
    const states = ['pending', 'scanned', 'confirmed'];
    const asked = server({
      'POST /login/codes': () => ({ body: code }),
      'POST /login/codes/t1/claim': () => {
        const status = states.shift() ?? 'claimed';
        return { body: { status, session: status === 'confirmed' ? SESSION : null } };
      },
    });
    const confirmed = vi.fn();
    const { state, unmount } = open(confirmed);
    await vi.advanceTimersByTimeAsync(3200);
    expect(state.value).toBe('scanned');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(confirmed).toHaveBeenCalledExactlyOnceWith(SESSION);
    expect(asked.filter(({ route }) => route.endsWith('claim'))).toHaveLength(3);
    expect(asked.at(-1)?.body).toEqual({ secret: 's1' });
    unmount();
  });

  it('offers a new code when the old one expired or was refused', async () => {
    let status = 'refused';
    const asked = server({
      'POST /login/codes': () => ({ body: code }),
      'POST /login/codes/t1/claim': () => ({ body: { status, session: null } }),
    });
    const { state, renew, unmount } = open(() => undefined);
    await vi.advanceTimersByTimeAsync(5000);
    expect(state.value).toBe('refused');
    status = 'pending';
    await renew();
    expect(state.value).toBe('pending');
    expect(asked.filter(({ route }) => route === 'POST /login/codes')).toHaveLength(2);
    unmount();
  });

  it.each([['/booths/12/hall', '/booths/12/hall'], ['//evil.example', '/'], ['/\\evil.example', '/'], ['https://evil.example', '/'], [undefined, '/']])(
    'goes back to %j as %j', (next, expected) => expect(safeNext(next)).toBe(expected),
  );
});
