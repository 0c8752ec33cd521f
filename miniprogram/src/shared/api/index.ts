import { bookingEndpoints } from './booking';
import { createClient, type ClientOptions } from './client';
import { accountEndpoints, callEndpoints, studentEndpoints, uploadEndpoints } from './endpoints';
import { passwordEndpoints } from './passwords';
import { recruiterEndpoints } from './recruiter';
import { registrationEndpoints } from './registration';

/** The whole API over one transport; the desk and the phone both build theirs from it. */
export function createApi(options: ClientOptions) {
  const client = createClient(options);
  return {
    client,
    ...accountEndpoints(client),
    ...passwordEndpoints(client),
    ...studentEndpoints(client),
    ...callEndpoints(client),
    ...recruiterEndpoints(client),
    ...registrationEndpoints(client),
    ...uploadEndpoints(client),
    ...bookingEndpoints(client),
  };
}

export type Api = ReturnType<typeof createApi>;
export { Problem, isProblem, problemMessage } from './problem';
export type { ProblemTexts } from './problem';
export type { LocalFile, Transport, WireForm, WireRequest, WireResponse } from './client';
export { memoryKeeper, type SessionKeeper } from './session';
export * from './types';
