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

function maker(): RecognitionMaker | null {
  const scope = globalThis as { SpeechRecognition?: RecognitionMaker; webkitSpeechRecognition?: RecognitionMaker };
  return scope.SpeechRecognition ?? scope.webkitSpeechRecognition ?? null;
}

/** Whether this browser can write down speech at all. */
export const canCaption = (): boolean => maker() !== null;

/** Listens until `stop()`; browsers end a recognition after a silence, so it is begun again. */
export class Captioner {
  private recognition: Recognition | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private wanted = false;

  constructor(
    private readonly onLine: (text: string) => void,
    private readonly language = 'zh-CN',
  ) {}

  get running(): boolean {
    return this.wanted;
  }

  start(): boolean {
    if (this.wanted) return true;
    const Maker = maker();
    if (!Maker) return false;
    this.wanted = true;
    const recognition = (this.recognition = new Maker());
    recognition.lang = this.language;
    recognition.continuous = true;
    recognition.interimResults = false;
    recognition.onresult = (event) => this.take(event);
    recognition.onerror = ({ error }) => {
      if (FINAL_ERRORS.includes(error)) this.stop();
    };
    recognition.onend = () => this.again();
    recognition.start();
    return true;
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

  private take({ resultIndex, results }: RecognitionEvent): void {
    for (let at = resultIndex; at < results.length; at += 1) {
      const text = results[at].isFinal ? results[at][0].transcript.trim() : '';
      if (text) this.onLine(text.slice(0, LONGEST_LINE));
    }
  }

  private again(): void {
    if (!this.wanted) return;
    this.timer = setTimeout(() => this.wanted && this.recognition?.start(), PAUSE_BEFORE_RESTART);
  }
}
