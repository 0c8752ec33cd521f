import { api } from './api';
import { clientConfig } from './realtime';
import { askSubscriptions, canAsk } from './subscribe';

/** The natural taps at which WeChat may be asked for a message each, as the server names them. */
export type Tap = 'apply' | 'agree' | 'hold' | 'return' | 'ready';

/** What this person lacks most at each tap: read beforehand, since WeChat's question must come before any call. */
const lacking: Partial<Record<Tap, string[]>> = {};

export function prepareAsks(...taps: Tap[]): void {
  if (!canAsk) return;
  for (const tap of taps) {
    // the deployment's own order serves where this person's is not known
    void api.asks(tap).then((answer) => (lacking[tap] = answer.template_ids)).catch(() => undefined);
  }
}

export const templatesAt = (tap: Tap): string[] => lacking[tap] ?? clientConfig.value?.asks?.[tap] ?? [];

/** Call it first in the tap; the answer is told to the server as a hint, never waited for. */
async function ask(templateIds: string[]): Promise<void> {
  const results = await askSubscriptions(templateIds);
  if (Object.keys(results).length) void api.reportSubscriptions(results).catch(() => undefined);
}

export const askAt = (tap: Tap): Promise<void> => ask(templatesAt(tap));

export const askForMessages = (...kinds: string[]): Promise<void> => ask(kinds.map((kind) => clientConfig.value?.templates[kind] ?? ''));
