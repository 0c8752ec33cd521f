import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, defineComponent, nextTick, reactive } from 'vue';
import { Problem } from '@shared/api';
import { useDraftSave } from '@/composables/draft-save';
import { stepOf } from '@/stores/registration';

interface Form { phone: string; city: string; tags: string[] }
const BLANK: Form = { phone: '', city: '', tags: [] };
const KEY = 'shuangxuan.desk.registration.7';

function form(save: (changes: Partial<Form>) => Promise<unknown>) {
  const fields = reactive<Form>({ ...BLANK, tags: [] });
  let kept!: ReturnType<typeof useDraftSave<Form, unknown>>;
  const app = createApp(defineComponent({
    setup: () => ((kept = useDraftSave<Form, unknown>(fields, { save, saved: () => undefined, key: () => KEY })), () => null),
  }));
  app.mount(document.createElement('div'));
  kept.begin({ ...BLANK, tags: [] });
  return { fields, kept, unmount: () => app.unmount() };
}

const refusing = (name: string) => new Problem(422, { type: '/problems/body-invalid', errors: [{ pointer: `#/${name}`, detail: '格式不正确' }] });

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => vi.useRealTimers());

describe('the wizard\'s form [A06]', () => {
  it('sends what changed, once, a moment after the last key', async () => {
    const sent: Partial<Form>[] = [];
    const { fields, kept } = form(async (changes) => void sent.push(changes));
    for (const city of ['杭', '杭州']) {
      fields.city = city;
      await nextTick();
    }
    expect(kept.state.value).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual([{ city: '杭州' }]);
    expect(kept.state.value).toBe('saved');
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('marks a field that is refused and keeps the others', async () => {
    const sent: Partial<Form>[] = [];
    const { fields, kept } = form(async (changes) => {
      if (changes.phone === '12') throw refusing('phone');
      sent.push(changes);
    });
    fields.phone = '12';
    fields.city = '杭州';
    await nextTick();
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual([{ city: '杭州' }]);
    expect(kept.errors.phone).toBe('格式不正确');
    expect(kept.state.value).toBe('invalid');
    fields.phone = '0571-88886666';
    await nextTick();
    expect(kept.errors.phone).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent.at(-1)).toEqual({ phone: '0571-88886666' });
    expect(kept.state.value).toBe('saved');
  });

  it('loses nothing when the line is cut and the browser closed', async () => {
    let up = false;
    const sent: Partial<Form>[] = [];
    const save = async (changes: Partial<Form>) => {
      if (!up) throw new Problem(0);
      sent.push(changes);
    };
    const first = form(save);
    first.fields.tags = ['双休'];
    await nextTick();
    await vi.advanceTimersByTimeAsync(1000);
    expect(first.kept.state.value).toBe('unsaved');
    first.unmount();
    vi.clearAllTimers();

    up = true;
    const second = form(save);
    expect(second.fields.tags).toEqual(['双休']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual([{ tags: ['双休'] }]);
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('goes on only when the server has everything', async () => {
    let answer = () => undefined as void;
    const { fields, kept } = form(() => new Promise<void>((done) => (answer = done)));
    fields.city = '杭州';
    await nextTick();
    await vi.advanceTimersByTimeAsync(1000); // on its way by itself
    let arrived: boolean | null = null;
    void kept.flush().then((is) => (arrived = is));
    await nextTick();
    expect(arrived).toBeNull();
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(arrived).toBe(true);
  });
});

describe('a missing thing [A09]', () => {
  it('is put right in its own step', () => {
    expect(stepOf('#/company/school_id')).toBe(1);
    expect(stepOf('#/papers/authorisation_letter')).toBe(2);
    expect(stepOf('#/papers/business_licence')).toBe(3);
    expect(stepOf('#/certification/phone')).toBe(3);
    expect(stepOf('#/services')).toBe(4);
  });
});
