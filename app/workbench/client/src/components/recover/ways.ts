/** The three ways back to a forgotten password, and looking up an appeal. */
export const WAYS = ['online', 'appeal', 'staff', 'look'] as const;
export type Way = (typeof WAYS)[number];

export const wayOf = (text: unknown): Way | null => WAYS.find((way) => way === text) ?? null;
