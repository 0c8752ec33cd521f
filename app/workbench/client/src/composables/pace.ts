import { CALL_NEWS_MS, LINE_NEWS_MS } from '@shared/realtime/refresher';

const PRESENCE_SECONDS = 10; // no event tells who opened or closed a page (E07)
const BUSY_SECONDS = 60;
const EMPTY_SECONDS = 60; // nobody in line: nobody's coming online matters

/**
 * How soon a desk reads its hall upon news; undefined: at once. What happens to its own call is read at once. A desk
 * that could ring looks soon; one that rings, talks or writes a result reads its hall anyway when it has done.
 */
export function newsPace(state: string, isOwn: boolean): number | undefined {
  if (isOwn) return undefined;
  return state === 'idle' ? LINE_NEWS_MS : CALL_NEWS_MS;
}

/** How often a desk whose line to the server works looks by itself, in seconds. */
export function lookSeconds(state: string, waiting: number): number {
  if (state === 'ringing') return PRESENCE_SECONDS; // no page may ring for ever
  if (state !== 'idle') return BUSY_SECONDS;
  return waiting ? PRESENCE_SECONDS : EMPTY_SECONDS;
}
