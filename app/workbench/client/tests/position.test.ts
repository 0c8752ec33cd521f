import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Position, PositionDetails, PositionForm } from '@/api/employer';
import { blank, daysAfter, todayInChina } from '@/position-rules';
import { usePosition } from '@/stores/position';
import { server } from './fixtures';

const NEW = 'GET /screens/recruiter/employers/7/positions/new';
const OLD = 'GET /screens/recruiter/employers/7/positions/5';
const employer = { id: 7, name: '星河科技' };
const schools = [{ id: 1, name: '江海大学', settled: true, shown: true }, { id: 2, name: '晚来大学', settled: true, shown: false }];

const told = (change: Partial<Position> = {}): Position => ({
  ...blank(), title: '后端工程师', province: '浙江', city: '杭州', address: '江南大道 100 号', salary_min: 9000, salary_max: 15000,
  duties: '负责订单系统的设计与开发。', requirements: '熟悉 Python。', valid_until: daysAfter(todayInChina(), 60), school_ids: [1],
  id: 5, status: 'draft', version: 1, review_reason: '', submitted_at: null, published_at: null, flags: [], ...change,
});
const form = (position: Position | null): PositionForm => ({ employer, position, schools });

beforeEach(() => setActivePinia(createPinia()));

describe('a posting that is written', () => {
  it('[C03] is saved before it is submitted, once', async () => {
    const asked = server({
      [NEW]: () => ({ body: form(null) }),
      'POST /employers/7/positions': (body) => ({ status: 201, body: told({ ...(body as PositionDetails) }) }),
      'POST /employers/7/positions/5/submit': () => ({ body: told({ status: 'pending' }) }),
    });
    const store = usePosition();
    await store.open(7, null);
    Object.assign(store.draft, { ...told(), school_ids: [1] });
    expect(store.isComplete()).toBe(true);
    await store.submit();
    expect(store.status).toBe('pending');
    expect(store.mayEdit).toBe(false);
    expect(asked.map(({ route }) => route)).toEqual([NEW, 'POST /employers/7/positions', 'POST /employers/7/positions/5/submit']);
    expect(asked[2]?.body).toEqual({ version: 1 });
  });

  it('[C03] marks what the server finds missing and stays saved', async () => {
    server({
      [NEW]: () => ({ body: form(null) }),
      'POST /employers/7/positions': () => ({ status: 201, body: told() }),
      'POST /employers/7/positions/5/submit': () => ({
        status: 422,
        body: { type: '/problems/position-incomplete', title: '不完整', status: 422, errors: [{ pointer: '#/address', detail: '请填写工作地址' }] },
      }),
    });
    const store = usePosition();
    await store.open(7, null);
    store.draft.title = '后端工程师';
    await expect(store.submit()).rejects.toMatchObject({ code: 'position-incomplete' });
    expect(store.gaps).toEqual({ address: 'form.gapField' });
    expect(store.position?.id).toBe(5);
    store.correct('address');
    expect(store.gaps.address).toBeUndefined();
    expect(store.busy).toBe(false);
  });

  it('[C05] goes with the version that was read', async () => {
    const asked = server({
      [OLD]: () => ({ body: form(told({ version: 4 })) }),
      'PUT /employers/7/positions/5': () => ({ status: 409, body: { type: '/problems/position-changed', title: '已被修改', status: 409 } }),
    });
    const store = usePosition();
    await store.open(7, 5);
    store.draft.headcount = 9;
    await expect(store.save()).rejects.toMatchObject({ code: 'position-changed' });
    expect(asked[1]?.body).toMatchObject({ headcount: 9, version: 4 });
    expect(store.draft.headcount).toBe(9);
  });

  it('[C04] is aimed at a school settled later without a review', async () => {
    server({
      [OLD]: () => ({ body: form(told({ status: 'published' })) }),
      'PUT /employers/7/positions/5/targets': (body) => ({ body: told({ status: 'published', school_ids: (body as { school_ids: number[] }).school_ids }) }),
    });
    const store = usePosition();
    await store.open(7, 5);
    store.draft.school_ids.push(2);
    expect(store.changed).toEqual({ text: false, schools: true });
    await store.retarget();
    expect(store.status).toBe('published');
    expect(store.isChanged).toBe(false);
    expect(store.schools.map((one) => one.shown)).toEqual([true, true]);
  });

  it('[C04] knows the schools that were settled anew since', async () => {
    server({ [OLD]: () => ({ body: form(told({ status: 'published', school_ids: [1, 2] })) }) });
    const store = usePosition();
    await store.open(7, 5);
    expect(store.stale).toEqual([2]);
  });

  it('shows the failure of a page that cannot be read', async () => {
    server({ [OLD]: () => ({ status: 404, body: { type: '/problems/position-not-found', title: '没有找到', status: 404 } }) });
    const store = usePosition();
    await store.open(7, 5);
    expect(store.isReady).toBe(false);
    expect(store.failure).toMatchObject({ code: 'position-not-found' });
  });
});
