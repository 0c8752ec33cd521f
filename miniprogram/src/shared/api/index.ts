import { bookingEndpoints } from './booking';
import { createClient, type ClientOptions } from './client';
import { accountEndpoints, callEndpoints, studentEndpoints } from './endpoints';
import { recruiterEndpoints } from './recruiter';

/** The whole API over one transport; the desk and the phone both build theirs from it. */
export function createApi(options: ClientOptions) {
  const client = createClient(options);
  return {
    client,
    ...accountEndpoints(client),
    ...studentEndpoints(client),
    ...callEndpoints(client),
    ...recruiterEndpoints(client),
    ...bookingEndpoints(client),
  };
}

export type Api = ReturnType<typeof createApi>;
export { Problem, isProblem, problemMessage } from './problem';
export type { ProblemTexts } from './problem';
export type { Transport, WireRequest, WireResponse } from './client';
export { memoryKeeper, type SessionKeeper } from './session';
export * from './types';
