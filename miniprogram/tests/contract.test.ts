import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createApi, memoryKeeper, type BookingScreen, type CallScreen, type FairScreen, type FairsToBook, type Enrolment, type Hall, type BoothScreen, type MyFairs, type MyInterviews, type RecruiterHall, type RecruiterInterview, type Resume, type Talents, type Notices, type Me, type ClientConfig, type Needs, type Receipt, type Session, type SimilarBooth, type StudentLine, type Ticket } from '@/shared/api';
import type { paths } from '@/shared/api/schema';

/* The types written by hand name nothing that the server's document does not have: this file does not compile else. */
type Ok<P extends keyof paths, M extends 'get' | 'post'> = paths[P] extends Record<M, { responses: infer R }>
  ? R[keyof R & (200 | 201)] extends { content: { 'application/json': infer B } } ? B : never : never;
type Strange<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs>;
type Element<T> = T extends (infer E)[] ? E : never;
type None<T extends never> = T;
export type Proof = [
  None<Strange<FairScreen, Ok<'/api/screens/fairs/{fair_id}', 'get'>>>,
  None<Strange<FairScreen['fair'], Ok<'/api/screens/fairs/{fair_id}', 'get'>['fair']>>,
  None<Strange<NonNullable<FairScreen['me']>, NonNullable<Ok<'/api/screens/fairs/{fair_id}', 'get'>['me']>>>,
  None<Strange<MyFairs, Ok<'/api/screens/my-fairs', 'get'>>>,
  None<Strange<Hall, Ok<'/api/screens/fairs/{fair_id}/hall', 'get'>>>,
  None<Strange<Element<Hall['items']>, Element<Ok<'/api/screens/fairs/{fair_id}/hall', 'get'>['items']>>>,
  None<Strange<BoothScreen, Ok<'/api/screens/booths/{booth_id}', 'get'>>>,
  None<Strange<MyInterviews, Ok<'/api/screens/my-interviews', 'get'>>>,
  None<Strange<StudentLine, Ok<'/api/screens/booths/{booth_id}', 'get'>['line']>>,
  None<Strange<SimilarBooth, Element<Ok<'/api/screens/booths/{booth_id}/alternatives', 'get'>['items']>>>,
  None<Strange<Receipt, Ok<'/api/screens/interviews/{interview_id}/receipt', 'get'>>>,
  None<Strange<Receipt['items'][number], Element<Ok<'/api/screens/interviews/{interview_id}/receipt', 'get'>['items']>>>,
  None<Strange<Needs, Ok<'/api/needs', 'get'>>>,
  None<Strange<NonNullable<Ticket['promise']>, NonNullable<Element<Ok<'/api/screens/my-interviews', 'get'>['tickets']>['promise']>>>,
  None<Strange<Ticket['rules'], Element<Ok<'/api/screens/my-interviews', 'get'>['tickets']>['rules']>>,
  None<Strange<Ticket, Element<Ok<'/api/screens/my-interviews', 'get'>['tickets']>>>,
  None<Strange<RecruiterHall, Ok<'/api/screens/recruiter/booths/{booth_id}/hall', 'get'>>>,
  None<Strange<Element<RecruiterHall['waiting']>, Element<Ok<'/api/screens/recruiter/booths/{booth_id}/hall', 'get'>['waiting']>>>,
  None<Strange<RecruiterInterview, Ok<'/api/screens/recruiter/interviews/{interview_id}', 'get'>>>,
  None<Strange<RecruiterInterview['interview'], Ok<'/api/screens/recruiter/interviews/{interview_id}', 'get'>['interview']>>,
  None<Strange<Talents, Ok<'/api/screens/recruiter/booths/{booth_id}/talents', 'get'>>>,
  None<Strange<Element<Talents['items']>, Element<Ok<'/api/screens/recruiter/booths/{booth_id}/talents', 'get'>['items']>>>,
  None<Strange<FairsToBook, Ok<'/api/screens/recruiter/fairs', 'get'>>>,
  None<Strange<Element<FairsToBook['items']>, Element<Ok<'/api/screens/recruiter/fairs', 'get'>['items']>>>,
  None<Strange<BookingScreen, Ok<'/api/screens/recruiter/fairs/{fair_id}/booking', 'get'>>>,
  None<Strange<Element<BookingScreen['plan']>, Element<Ok<'/api/screens/recruiter/fairs/{fair_id}/booking', 'get'>['plan']>>>,
  None<Strange<Enrolment, Element<Ok<'/api/screens/recruiter/enrolments', 'get'>['items']>>>,
  None<Strange<Enrolment['may'], Element<Ok<'/api/screens/recruiter/enrolments', 'get'>['items']>['may']>>,
  None<Strange<CallScreen, Ok<'/api/screens/calls/{interview_id}', 'get'>>>,
  None<Strange<Resume, Ok<'/api/resume', 'get'>>>,
  None<Strange<Notices, Ok<'/api/notifications', 'get'>>>,
  None<Strange<Me, Ok<'/api/me', 'get'>>>,
  None<Strange<ClientConfig, Ok<'/api/client-config', 'get'>>>,
  None<Strange<Session, Ok<'/api/login/exchange', 'post'>>>,
];

const document = JSON.parse(readFileSync('../openapi.json', 'utf8')) as { paths: Record<string, Record<string, unknown>> };

/** Every address of the document as a pattern: `{id}` stands for one segment. */
const served = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({ method: method.toUpperCase(), pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) })),
);

describe('the contract with the server', () => {
  const asked: { method: string; path: string }[] = [];
  const api = createApi({
    base: '/api',
    keeper: memoryKeeper(),
    transport: (request) => {
      asked.push({ method: request.method, path: request.url.split('?')[0] });
      return Promise.resolve({ status: 200, body: {} });
    },
  });
  const calls = Object.entries(api).filter(([name]) => name !== 'client') as [string, (...words: unknown[]) => Promise<unknown>][];
  const verbs: Record<string, string[]> = {
    actOnTicket: ['withdraw', 'agree', 'decline', 'answer', 'pass-ring', 'hold', 'return', 'hang-up'],
    actOnInterview: ['accept', 'ring', 'cancel-ring', 'hang-up', 'nudge', 'take-back'],
    actAsGuest: ['join', 'leave'],
    answerLoginCode: ['scan', 'confirm', 'refuse'],
  };

  it.each(calls)('%s asks what the server serves', async (name, call) => {
    for (const verb of verbs[name] ?? ['x']) {
      asked.length = 0;
      await call(...(name === 'saveResumeSection' ? ['basics', {}, 1] : [7, verb, 'x']));
      const [{ method, path }] = asked;
      expect(served.some((one) => one.method === method && one.pattern.test(path)), `${method} ${path}`).toBe(true);
    }
  });
});
