import { api, keeper } from './api';

/** Login in the mini-program: a one-time code from WeChat, nothing to ask the person. */
export const canUseWechat = (): boolean => true;
export const entersByItself = (): boolean => true;
export const isPhone = (): boolean => true;
export const finishSignIn = async (): Promise<void> => undefined;
export const deviceName = (): string => '微信小程序';

/** The mini-program is the students' and interviewers'; its pages do not offer this. */
export const openRegistration = (): void => undefined;

let running: Promise<boolean> | null = null;

/** Two calls of wx.login at once would spoil each other's code: single flight. */
export function beginSignIn(): Promise<boolean> {
  running ??= signIn().finally(() => (running = null));
  return running;
}

async function signIn(): Promise<boolean> {
  const code = await new Promise<string>((resolve, reject) =>
    uni.login({ success: (answer) => resolve(answer.code), fail: (error) => reject(new Error(error.errMsg)) }),
  );
  keeper.write(await api.loginMiniprogram(code));
  return true;
}
