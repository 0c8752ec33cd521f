import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RecruiterHall, Row } from '@/shared/api';
import { keeper } from '@/app/api';
import { useCalled } from '@/stores/called';

const EXPIRES = '2026-11-21T02:00:30Z';
const calling = { kind: 'interview.calling', payload: { interview_id: 7, booth_id: 3, student_name: '林小满', expires_at: EXPIRES } };
const hall = (row: Partial<Row>, state: 'ringing' | 'idle' = 'ringing') =>
  ({ booth: { id: 3 }, desk: { state, interview_id: state === 'idle' ? null : 7 }, waiting: [{ id: 7, student: { name: '林小满' }, ring_expires_at: EXPIRES, ...row }] }) as unknown as RecruiterHall;
let asked: string[] = [];
let status = 200;

beforeEach(() => {
  asked = [];
  status = 200;
  setActivePinia(createPinia());
  uni.request = ((request: UniApp.RequestOptions) => {
    asked.push(`${request.method} ${request.url}`);
    request.success?.({ statusCode: status, data: {} } as unknown as UniApp.RequestSuccessCallbackResult);
  }) as typeof uni.request;
  keeper.write({ access_token: 'a', expires_in: 60, refresh_token: 'r', account: { id: 1, name: '周敏', roles: ['recruiter'] } });
});

describe('a student who calls a recruiter', () => {
  it('rings on any page until the ticket moves', () => {
    const store = useCalled();
    store.hear(calling);
    expect(store.call).toEqual({ id: 7, booth: 3, name: '林小满', expires: EXPIRES });
    store.hear({ kind: 'interview.changed', payload: { interview_id: 8, status: 'waiting' } });
    store.hear({ kind: 'interview.changed', payload: { interview_id: 7, status: 'ringing' } });
    expect(store.call?.id).toBe(7);
    store.hear({ kind: 'interview.changed', payload: { interview_id: 7, status: 'waiting' } });
    expect(store.call).toBeNull();
  });

  it('rings from the hall where the line is cut, and falls silent with it', () => {
    const store = useCalled();
    store.learn(hall({ called_by: 'student' }));
    expect(store.call?.id).toBe(7);
    store.learn(hall({}, 'idle'));
    expect(store.call).toBeNull();
    store.learn(hall({ called_by: 'recruiter' }));
    expect(store.call, 'a ring of one’s own').toBeNull();
  });

  it('is answered, or told "not now", once', async () => {
    const store = useCalled();
    store.hear(calling);
    const [first, second] = await Promise.all([store.act('take-call'), store.act('take-call')]);
    expect([first, second]).toEqual([7, null]);
    expect(asked).toEqual(['POST /api/interviews/7/take-call']);
    expect([store.call, store.busy]).toEqual([null, null]);
  });

  it('rings no more after a refusal, which is told', async () => {
    const store = useCalled();
    store.hear(calling);
    status = 409;
    await expect(store.act('turn-down')).rejects.toMatchObject({ status: 409 });
    expect([store.call, store.busy]).toEqual([null, null]);
  });
});
