import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canCaption, Captioner } from '@/shared/call/captions';

/** The browser's recognition, which no test browser has: notes what is asked of it. */
class Recognition {
  static made: Recognition[] = [];
  lang = '';
  continuous = false;
  interimResults = true;
  starts = 0;
  stops = 0;
  onresult: ((event: unknown) => void) | null = null;
  onend: (() => void) | null = null;
  onerror: ((event: { error: string }) => void) | null = null;
  constructor() {
    Recognition.made.push(this);
  }
  start() {
    this.starts += 1;
  }
  stop() {
    this.stops += 1;
  }
}
const result = (text: string, isFinal = true) => ({ isFinal, length: 1, 0: { transcript: text } });

beforeEach(() => {
  vi.useFakeTimers();
  Recognition.made = [];
  vi.stubGlobal('webkitSpeechRecognition', Recognition);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('captions', () => {
  it('tells what was said for good, and not what is still being guessed', () => {
    const lines: string[] = [];
    const captioner = new Captioner((text) => lines.push(text));
    expect(captioner.start()).toBe(true);
    const [heard] = Recognition.made;
    expect([heard.lang, heard.continuous, heard.interimResults]).toEqual(['zh-CN', true, false]);
    heard.onresult?.({ resultIndex: 1, results: [result('旧的'), result(' 你好 '), result('猜测', false)] });
    expect(lines).toEqual(['你好']);
  });

  it('begins again after a silence, until it is stopped', () => {
    const captioner = new Captioner(() => undefined);
    captioner.start();
    const [heard] = Recognition.made;
    heard.onend?.();
    vi.advanceTimersByTime(500);
    expect(heard.starts).toBe(2);
    const ended = heard.onend;
    captioner.stop();
    ended?.();
    vi.advanceTimersByTime(500);
    expect([heard.starts, heard.stops]).toEqual([2, 1]);
  });

  it('gives up when the browser may not listen, and says so once', () => {
    const givenUp = vi.fn();
    const captioner = new Captioner(() => undefined, givenUp);
    captioner.start();
    const { onerror } = Recognition.made[0];
    onerror?.({ error: 'no-speech' });
    expect([captioner.running, givenUp.mock.calls.length]).toEqual([true, 0]);
    onerror?.({ error: 'not-allowed' });
    expect([captioner.running, givenUp.mock.calls.length]).toEqual([false, 1]);
    expect(captioner.start()).toBe(true); // asked again, it tries again
    captioner.stop();
    expect(givenUp).toHaveBeenCalledTimes(1);
  });

  it('gives up when the speech service cannot be reached, not after a stumble', () => {
    const givenUp = vi.fn();
    const captioner = new Captioner(() => undefined, givenUp);
    captioner.start();
    const [heard] = Recognition.made;
    const stumble = () => {
      heard.onerror?.({ error: 'network' });
      heard.onend?.();
      vi.advanceTimersByTime(500);
    };
    stumble();
    stumble();
    heard.onresult?.({ resultIndex: 0, results: [result('还在')] });
    stumble();
    stumble();
    expect([captioner.running, givenUp.mock.calls.length]).toEqual([true, 0]);
    stumble();
    expect([captioner.running, givenUp.mock.calls.length]).toEqual([false, 1]);
  });

  it('gives up when a browser refuses to begin, at first or again', () => {
    const givenUp = vi.fn();
    const captioner = new Captioner(() => undefined, givenUp);
    captioner.start();
    const refuse = vi.spyOn(Recognition.prototype, 'start').mockImplementation(() => {
      throw new Error('InvalidStateError');
    });
    Recognition.made[0].onend?.();
    vi.advanceTimersByTime(500);
    expect([captioner.running, givenUp.mock.calls.length]).toEqual([false, 1]);
    expect([captioner.start(), captioner.running, givenUp.mock.calls.length]).toEqual([false, false, 1]);
    refuse.mockRestore();
  });

  it('says so where there is no recognition', () => {
    vi.stubGlobal('webkitSpeechRecognition', undefined);
    expect(canCaption()).toBe(false);
    expect(new Captioner(() => undefined).start()).toBe(false);
  });
});
