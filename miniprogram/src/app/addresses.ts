/** Where the server is. On H5 the page comes from it; the mini-program has its own file. */
export const serverOrigin = (): string => location.origin;
export const apiBase = (): string => '/api';
/** A page of ours as a link that opens in any browser. */
export const h5Link = (page: string): string => `${location.origin}/m${page}`;
