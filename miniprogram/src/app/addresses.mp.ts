/** Where the server is: set at build time, and listed as a lawful request domain of the mini-program. */
const origin = (import.meta.env.VITE_SERVER_ORIGIN as string | undefined) ?? 'http://127.0.0.1:8000';

export const serverOrigin = (): string => origin;
export const apiBase = (): string => `${origin}/api`;
export const h5Link = (page: string): string => `${origin}/m${page}`;
