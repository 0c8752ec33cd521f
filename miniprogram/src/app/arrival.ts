/**
 * A visitor who comes back from WeChat carries an exchange code; until it is a session, no page may decide that nobody
 * is logged in and no call may go out without its token.
 */
let arriving: Promise<unknown> = Promise.resolve();

export const holdUntil = (done: Promise<unknown>): void => {
  arriving = done.catch(() => undefined);
};
export const arrived = (): Promise<unknown> => arriving;
