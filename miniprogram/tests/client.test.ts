import { describe, expect, it } from 'vitest';
import { createClient, queryString, randomKey, type WireRequest, type WireResponse } from '@/shared/api/client';
import { isProblem, Problem, problemMessage } from '@/shared/api/problem';
import { memoryKeeper } from '@/shared/api/session';
import type { Session } from '@/shared/api/types';

const session = (name: string): Session => ({
  access_token: `access-${name}`, refresh_token: `refresh-${name}`, expires_in: 7200, account: { id: 1, name: '林晓曼', roles: ['student'] },
});

/** A server that answers what it is told, in order, and remembers what it was asked. */
function server(...answers: (WireResponse | 'cut')[]) {
  const asked: WireRequest[] = [];
  const transport = (request: WireRequest) => {
    asked.push({ ...request, headers: { ...request.headers } });
    const answer = answers.shift() ?? { status: 500, body: {} };
    return answer === 'cut' ? Promise.reject(new Error('cut')) : Promise.resolve(answer);
  };
  return { asked, transport };
}

const setUp = (stage: ReturnType<typeof server>, start: Session | null = session('old'), wait: (ms: number) => Promise<void> = () => Promise.resolve()) => {
  const keeper = memoryKeeper(start);
  const signedOut = { times: 0 };
  const client = createClient({
    base: '/api', transport: stage.transport, keeper, onSignedOut: () => (signedOut.times += 1), newKey: () => 'key-1', wait,
  });
  return { client, keeper, signedOut };
};
const ok = (body: unknown): WireResponse => ({ status: 200, body });

describe('the client', () => {
  it('sends the token, and the body as JSON', async () => {
    const stage = server(ok({ id: 7 }));
    const { client } = setUp(stage);
    expect(await client.call('POST', '/things', { body: { a: 1 }, query: { q: '软件', empty: '', none: null } })).toEqual({ id: 7 });
    expect(stage.asked[0]).toMatchObject({ method: 'POST', url: `/api/things?q=${encodeURIComponent('软件')}`, body: { a: 1 } });
    expect(stage.asked[0].headers).toMatchObject({ Authorization: 'Bearer access-old', 'Content-Type': 'application/json' });
  });

  it('repeats a repeatable command with the same key when the network fails', async () => {
    const stage = server('cut', { status: 503, body: {} }, ok({ id: 1 }));
    const { client } = setUp(stage);
    await client.call('POST', '/booths/3/interviews', { body: {}, repeatable: true });
    expect(stage.asked.map((request) => request.headers['Idempotency-Key'])).toEqual(['key-1', 'key-1', 'key-1']);
  });

  it('asks again when a full server says so', async () => {
    const full = (seconds: number) => ({ status: 503, body: { type: '/problems/overloaded', retry_after: seconds } });
    const stage = server(full(4), full(60), ok({ id: 1 }));
    const waited: number[] = [];
    const { client } = setUp(stage, session('old'), (ms) => Promise.resolve(void waited.push(ms)));
    await client.call('GET', '/screens/my-interviews');
    expect(waited).toEqual([4000, 10_000]);
  });

  it('never repeats a command without a key', async () => {
    const stage = server('cut', ok({}));
    const { client } = setUp(stage);
    await expect(client.call('POST', '/presence', { body: {} })).rejects.toMatchObject({ code: 'network', status: 0 });
    expect(stage.asked).toHaveLength(1);
  });

  it('does not repeat what the server refused', async () => {
    const stage = server({ status: 409, body: { type: '/problems/already-in-line', title: '已在队伍中' } });
    const { client } = setUp(stage);
    await expect(client.call('POST', '/booths/3/interviews', { repeatable: true })).rejects.toMatchObject({ code: 'already-in-line' });
    expect(stage.asked).toHaveLength(1);
  });

  it('renews an expired token once for many calls and repeats each with the new one', async () => {
    let renewals = 0;
    const keeper = memoryKeeper(session('old'));
    const client = createClient({
      base: '/api', keeper, wait: () => Promise.resolve(),
      transport: async (request) => {
        await Promise.resolve();
        if (request.url === '/api/login/renew') {
          renewals += 1;
          return ok(session('new'));
        }
        return request.headers.Authorization === 'Bearer access-new' ? ok(request.url) : { status: 401, body: {} };
      },
    });
    const urls = await Promise.all(['/a', '/b', '/c'].map((path) => client.call('GET', path)));
    expect(urls).toEqual(['/api/a', '/api/b', '/api/c']);
    expect(renewals).toBe(1);
    expect(keeper.read()?.refresh_token).toBe('refresh-new');
  });

  it('forgets a session that cannot be renewed, and says so', async () => {
    const stage = server({ status: 401, body: {} }, { status: 401, body: {} });
    const { client, keeper, signedOut } = setUp(stage);
    await expect(client.call('GET', '/me')).rejects.toMatchObject({ status: 401 });
    expect(keeper.read()).toBeNull();
    expect(signedOut.times).toBe(1);
  });

  it('keeps the session when the renewal met a dead network', async () => {
    const stage = server({ status: 401, body: {} }, 'cut', 'cut', 'cut');
    const { client, keeper, signedOut } = setUp(stage);
    await expect(client.call('GET', '/me')).rejects.toMatchObject({ status: 0 });
    expect(keeper.read()?.refresh_token).toBe('refresh-old');
    expect(signedOut.times).toBe(0);
  });

  it('sends no token to an open door', async () => {
    const stage = server(ok(session('new')));
    const { client } = setUp(stage);
    await client.call('POST', '/login/exchange', { body: { code: 'x' }, open: true });
    expect(stage.asked[0].headers.Authorization).toBeUndefined();
  });

  it('makes keys that are UUIDs, each another', () => {
    expect(randomKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(Array.from({ length: 50 }, randomKey)).size).toBe(50);
    expect(queryString({})).toBe('');
  });
});

describe('problems', () => {
  const texts = { own: (code: string) => (code === 'rejected-here' ? '已处理' : undefined), network: '网络不通', server: '稍后再试', showsTitle: true };

  it('are named by the last part of their type', () => {
    expect(new Problem(409, { type: 'https://shuangxuan/problems/resume-incomplete' }).code).toBe('resume-incomplete');
    expect(new Problem(500, { type: 'about:blank' }).code).toBe('http-500');
    expect(isProblem(new Problem(404, { type: '/problems/scene-unknown' }), 'scene-unknown')).toBe(true);
    expect(isProblem(new Error('x'))).toBe(false);
  });

  it('speak our words first, then the server’s, and never show a server’s inner fault', () => {
    expect(problemMessage(new Problem(409, { type: '/p/rejected-here', title: '标题' }), texts)).toBe('已处理');
    expect(problemMessage(new Problem(409, { type: '/p/else', title: '标题', detail: '细节' }), texts)).toBe('细节');
    expect(problemMessage(new Problem(409, { type: '/p/else', title: '标题' }), { ...texts, showsTitle: false })).toBe('稍后再试');
    expect(problemMessage(new Problem(500, { title: 'Traceback' }), texts)).toBe('稍后再试');
    expect(problemMessage(new Problem(0), texts)).toBe('网络不通');
    expect(problemMessage(new TypeError('x'), texts)).toBe('稍后再试');
  });

  it('carry extensions and field errors', () => {
    const problem = new Problem(422, { errors: [{ pointer: '/content/phone', detail: '应为 11 位手机号' }], threshold: 70 });
    expect(problem.fieldErrors()).toEqual({ '/content/phone': '应为 11 位手机号' });
    expect(problem.extension<number>('threshold')).toBe(70);
  });
});
