import { createApi, isProblem, problemMessage } from '@shared/api';
import { locale, t, tOptional } from '@/texts';
import { employerEndpoints } from './employer';
import { browserKeeper } from './keeper';
import { browserTransport } from './transport';

let signedOut: () => void = () => {};

const shared = createApi({
  base: '/api',
  transport: browserTransport,
  keeper: browserKeeper,
  onSignedOut: () => signedOut(),
});
export const api = { ...shared, ...employerEndpoints(shared.client) };

/** What happens when the session cannot be renewed: the router shows the login page. */
export function whenSignedOut(act: () => void): void {
  signedOut = act;
}

/** The sentence a person reads when *error* ended what they wanted. */
export function sentenceOf(error: unknown): string {
  return problemMessage(error, {
    own: (code) => (locale.value === 'en' || code === 'invalid-transition' ? tOptional(`problem.${code}`) : undefined),
    network: t('error.network'),
    server: isProblem(error) && error.status >= 400 && error.status < 500 ? t('error.request') : t('error.server'),
    showsTitle: locale.value === 'zh-CN',
  });
}

export { isProblem };
