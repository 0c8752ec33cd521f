import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, defineComponent, nextTick, ref } from 'vue';
import { drafts, useAutosave } from '@/composables/autosave';

function mounted<T>(setup: () => T): { value: T; unmount: () => void } {
  let value!: T;
  const app = createApp(defineComponent({ setup: () => ((value = setup()), () => null) }));
  app.mount(document.createElement('div'));
  return { value, unmount: () => app.unmount() };
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => vi.useRealTimers());

describe('notes', () => {
  it('are sent once after a pause in typing', async () => {
    const saved: string[] = [];
    const text = ref('');
    const { value } = mounted(() => useAutosave(ref(7), text, async (_, notes) => void saved.push(notes)));
    value.begin('');
    for (const part of ['条', '条理', '条理清楚']) {
      text.value = part;
      await nextTick();
    }
    expect(value.state.value).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(1000);
    expect(saved).toEqual(['条理清楚']);
    expect(value.state.value).toBe('saved');
    expect(drafts.read(drafts.key('notes', 7))).toBeNull();
  });

  it('survive a cut line and a reload, and arrive later', async () => {
    let up = false;
    const saved: string[] = [];
    const save = async (_: number, notes: string) => {
      if (!up) throw new Error('cut');
      saved.push(notes);
    };
    const text = ref('');
    const first = mounted(() => useAutosave(ref(7), text, save));
    first.value.begin('');
    text.value = '基础扎实';
    await nextTick();
    await vi.advanceTimersByTimeAsync(1000);
    expect(first.value.state.value).toBe('unsaved');
    first.unmount();
    vi.clearAllTimers();

    up = true;
    const again = ref('');
    const second = mounted(() => useAutosave(ref(7), again, save));
    second.value.begin('');
    expect(again.value).toBe('基础扎实');
    await vi.advanceTimersByTimeAsync(1000);
    expect(saved).toEqual(['基础扎实']);
    expect(second.value.state.value).toBe('saved');
  });

  it('are not sent when nothing changed', async () => {
    const save = vi.fn(async () => undefined);
    const text = ref('');
    const { value } = mounted(() => useAutosave(ref(7), text, save));
    value.begin('已有备注');
    await nextTick();
    await vi.advanceTimersByTimeAsync(3000);
    expect(text.value).toBe('已有备注');
    expect(save).not.toHaveBeenCalled();
  });
});
