import { api, isProblem } from '@/api';
import { browserName } from '@/browser-name';
import { useWatchedCode } from './watched-code';

/** A code by which a phone gives its WeChat to whoever sits here. */
export const useBindingCode = (bound: () => void) =>
  useWatchedCode({
    open: () => api.openBindingCode(browserName(navigator.userAgent)),
    done: bound,
    isDone: (error) => isProblem(error, 'we-chat-bound'),
  });
