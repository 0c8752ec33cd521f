import { api, keeper } from './api';

/*
 * Login on the web. In WeChat's own browser the server sends the visitor through OAuth and back with a one-time
 * exchange code in the fragment, which never reaches a log; on a computer a code is scanned with the phone.
 */
export const canUseWechat = (): boolean => /MicroMessenger/i.test(navigator.userAgent) || isPhone();
export const entersByItself = (): boolean => /MicroMessenger/i.test(navigator.userAgent);
export const isPhone = (): boolean => /Android|iPhone|iPad|Mobile/i.test(navigator.userAgent) || window.self !== window.top;

const EXCHANGE = /[#&]exchange=([^&]+)/;

/** Takes the exchange code out of the address, if WeChat just sent the visitor back. */
export async function finishSignIn(): Promise<void> {
  const code = EXCHANGE.exec(location.hash)?.[1];
  if (!code) return;
  history.replaceState(history.state, '', location.pathname + location.search);
  keeper.write(await api.loginExchange(decodeURIComponent(code)));
}

/** Leaves for WeChat; `next` is a page of ours. Resolves never: the browser goes. */
export async function beginSignIn(next: string): Promise<boolean> {
  location.assign(`/api/login/oauth?next=${encodeURIComponent(`/m${next}`)}`);
  return new Promise<boolean>(() => undefined);
}

/** Employers register at the desk's own page, which fits a phone. */
export const openRegistration = (): void => location.assign('/desk/register');

/** How the confirming phone names this device. */
export function deviceName(): string {
  const agent = navigator.userAgent;
  const system = /Windows/.test(agent) ? 'Windows' : /Mac OS/.test(agent) ? 'macOS' : /Android/.test(agent) ? 'Android' : /Linux/.test(agent) ? 'Linux' : '';
  const browser = /Edg\//.test(agent) ? 'Edge' : /Firefox/.test(agent) ? 'Firefox' : /Chrome/.test(agent) ? 'Chrome' : /Safari/.test(agent) ? 'Safari' : '';
  return [browser, system].filter(Boolean).join(' · ') || 'Web';
}
