/*
 * Not vue-i18n: uni-app swaps it for a runtime-only build in the mini-program, where '{n}' is printed as it is, and on
 * H5 it builds messages with new Function, which a content security policy refuses. Free of Vue: the application gives
 * the holder of the locale (a `ref`), so that each client keeps its own Vue.
 */
export type Keys<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Keys<T[K], `${P}${K}.`>;
}[keyof T & string];

/** The same tree with the same keys, so that a language with a gap does not compile. */
export type Translation<T> = { [K in keyof T]: T[K] extends string ? string : Translation<T[K]> };

export type Locale = 'zh-CN' | 'en';
export type Params = Record<string, string | number>;

export function createTranslator<T extends object>(messages: Record<Locale, Translation<T>>, locale: { value: Locale }) {
  const find = (key: string): unknown =>
    key.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], messages[locale.value]);

  function t(key: Keys<T>, params: Params = {}): string {
    const text = find(key);
    if (typeof text !== 'string') return key;
    return text.replace(/\{(\w+)\}/g, (all, name: string) => String(params[name] ?? all));
  }

  /** A text whose key came from the server (a status, a problem code): undefined when we have no words for it. */
  function tOptional(key: string, params: Params = {}): string | undefined {
    return typeof find(key) === 'string' ? t(key as Keys<T>, params) : undefined;
  }

  return { t, tOptional, locale };
}
