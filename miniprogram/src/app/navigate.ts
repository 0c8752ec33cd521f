/** Every page's address, in one place: messages, codes and buttons use the same. */
export const PAGES = {
  fairs: '/pages/fairs/fairs',
  resume: '/pages/resume/resume',
  scan: '/pages/scan/scan',
  login: '/pages/login/login',
  me: '/pages/me/me',
  inbox: '/pages/inbox/inbox',
  fairHome: '/pages-fair/home/home',
  hall: '/pages-fair/hall/hall',
  booth: '/pages-fair/booth/booth',
  section: '/pages-resume/section/section',
  preview: '/pages-resume/preview/preview',
  queue: '/pages-interview/queue/queue',
  call: '/pages-interview/call/call',
  take: '/pages-interview/take/take',
  device: '/pages-interview/device/device',
  result: '/pages-interview/result/result',
  needs: '/pages-interview/needs/needs',
  recruiterBooths: '/pages-recruiter/booths/booths',
  recruiterHall: '/pages-recruiter/hall/hall',
  candidate: '/pages-recruiter/candidate/candidate',
  conclude: '/pages-recruiter/conclude/conclude',
  talents: '/pages-recruiter/talents/talents',
} as const;

export type PageName = keyof typeof PAGES;
type Query = Record<string, string | number | null | undefined>;

const TABS: PageName[] = ['fairs', 'resume'];

export function pageUrl(page: PageName, query: Query = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return PAGES[page] + (parts.length ? `?${parts.join('&')}` : '');
}

export function go(page: PageName, query: Query = {}): void {
  const url = pageUrl(page, query);
  if (TABS.includes(page)) uni.reLaunch({ url });
  else uni.navigateTo({ url });
}

/** Takes the place of the page on show, so that "back" does not return to it. */
export const replaceWith = (page: PageName, query: Query = {}): void => {
  if (TABS.includes(page)) uni.reLaunch({ url: pageUrl(page, query) });
  else uni.redirectTo({ url: pageUrl(page, query) });
};

export function goBack(otherwise: PageName = 'fairs'): void {
  if (getCurrentPages().length > 1) uni.navigateBack();
  else uni.reLaunch({ url: PAGES[otherwise] });
}

/** Opens an address that came from a message; only pages of ours. */
export function openAddress(address: string): void {
  const url = '/' + address.replace(/^https?:\/\/[^/]+/, '').replace(/^\/?(m\/)?/, '');
  if (!Object.values(PAGES).some((page) => url === page || url.startsWith(`${page}?`))) return;
  if (TABS.some((tab) => url.startsWith(PAGES[tab]))) uni.reLaunch({ url });
  else uni.navigateTo({ url });
}

/** Where the visitor is, query included: login returns there. */
export function currentAddress(): string {
  const page = getCurrentPages().slice(-1)[0] as unknown as { route?: string; options?: Query; $page?: { fullPath: string } } | undefined;
  if (!page) return PAGES.fairs;
  if (page.$page?.fullPath) return page.$page.fullPath;
  const query = Object.entries(page.options ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  return `/${page.route}${query.length ? `?${query.join('&')}` : ''}`;
}
