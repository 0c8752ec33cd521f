/** Captions: the browser writes down what its own person says, where it can. */

interface RecognitionResult {
  readonly isFinal: boolean;
  readonly length: number;
  readonly [index: number]: { readonly transcript: string };
}

interface RecognitionEvent {
  readonly resultIndex: number;
  readonly results: ArrayLike<RecognitionResult>;
}

interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onresult: ((event: RecognitionEvent) => void) | null;
  onend: (() => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  start(): void;
  stop(): void;
}

type RecognitionMaker = new () => Recognition;

const LONGEST_LINE = 500;
const PAUSE_BEFORE_RESTART = 400;
/** After these the browser will not listen, however often it is asked. */
const FINAL_ERRORS = ['not-allowed', 'service-not-allowed', 'language-not-supported', 'audio-capture'];
/** A browser whose speech service cannot be reached fails like this for ever, a moment after each start. */
const MOST_FAILURES = 3;

function maker(): RecognitionMaker | null {
  const scope = globalThis as { SpeechRecognition?: RecognitionMaker; webkitSpeechRecognition?: RecognitionMaker };
  return scope.SpeechRecognition ?? scope.webkitSpeechRecognition ?? null;
}

/** Whether this browser can write down speech at all. */
export const canCaption = (): boolean => maker() !== null;

/**
 * Listens until `stop()`; browsers end a recognition after a silence, so it is begun again. *onGivenUp*: the browser will
 * not listen any more, and nobody would notice.
 */
export class Captioner {
  private recognition: Recognition | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private wanted = false;
  private failures = 0;

  constructor(
    private readonly onLine: (text: string) => void,
    private readonly onGivenUp: () => void = () => undefined,
    private readonly language = 'zh-CN',
  ) {}

  get running(): boolean {
    return this.wanted;
  }

  /** False: there is nothing to listen with, or it may not. */
  start(): boolean {
    if (this.wanted) return true;
    const Maker = maker();
    if (!Maker) return false;
    this.wanted = true;
    this.failures = 0;
    const recognition = (this.recognition = new Maker());
    recognition.lang = this.language;
    recognition.continuous = true;
    recognition.interimResults = false;
    recognition.onresult = (event) => this.take(event);
    recognition.onerror = ({ error }) => this.fail(error);
    recognition.onend = () => this.again();
    if (this.listen()) return true;
    this.stop();
    return false;
  }

  stop(): void {
    this.wanted = false;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const { recognition } = this;
    this.recognition = null;
    if (!recognition) return;
    recognition.onend = recognition.onresult = recognition.onerror = null;
    recognition.stop();
  }

  private listen(): boolean {
    try {
      this.recognition?.start();
      return true;
    } catch {
      return false; // the browser forbids it, or listens for somebody else
    }
  }

  private fail(error: string): void {
    if (error === 'network') this.failures += 1;
    if (FINAL_ERRORS.includes(error) || this.failures >= MOST_FAILURES) this.giveUp();
  }

  private giveUp(): void {
    this.stop();
    this.onGivenUp();
  }

  private take({ resultIndex, results }: RecognitionEvent): void {
    this.failures = 0;
    for (let at = resultIndex; at < results.length; at += 1) {
      const text = results[at].isFinal ? results[at][0].transcript.trim() : '';
      if (text) this.onLine(text.slice(0, LONGEST_LINE));
    }
  }

  private again(): void {
    if (!this.wanted) return;
    this.timer = setTimeout(() => {
      if (this.wanted && !this.listen()) this.giveUp();
    }, PAUSE_BEFORE_RESTART);
  }
}
