import { api } from './api';
import { clientConfig } from './realtime';
import { askSubscriptions } from './subscribe';

/** The natural taps at which WeChat may be asked for a message each. */
export type Occasion = 'apply' | 'agree' | 'hold' | 'return' | 'check_in';

/** Which kinds a tap asks for, as the server says; until it has said so, what the tap leads to. */
const FIRST_GUESS: Record<Occasion, string[]> = {
  apply: ['interview_accepted', 'interview_nudge', 'interview_result'],
  agree: ['interview_nudge', 'interview_result'],
  hold: ['interview_nudge'],
  return: ['interview_nudge', 'interview_result'],
  check_in: ['interview_nudge'],
};

export const kindsAt = (occasion: Occasion): string[] => clientConfig.value?.asks?.[occasion] ?? FIRST_GUESS[occasion];

/** Call it first in the tap; the answer is told to the server as a hint, never waited for. */
export async function askForMessages(...kinds: string[]): Promise<void> {
  const results = await askSubscriptions(clientConfig.value?.templates ?? {}, kinds);
  if (Object.keys(results).length) void api.reportSubscriptions(results).catch(() => undefined);
}

export const askAt = (occasion: Occasion): Promise<void> => askForMessages(...kindsAt(occasion));
