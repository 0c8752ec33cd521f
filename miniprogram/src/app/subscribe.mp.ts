/** Asks to be allowed one message of each kind. WeChat allows it only directly in a tap, before any network call. */
const MOST_TEMPLATES = 3;

export const canAsk = true;

export function askSubscriptions(templateIds: string[]): Promise<Record<string, string>> {
  const ids = [...new Set(templateIds.filter(Boolean))].slice(0, MOST_TEMPLATES);
  if (!ids.length) return Promise.resolve({});
  return new Promise((resolve) => {
    uni.requestSubscribeMessage({
      tmplIds: ids,
      success: (answer) => {
        const given = answer as unknown as Record<string, string>;
        resolve(Object.fromEntries(ids.filter((id) => given[id]).map((id) => [id, given[id]])));
      },
      // main switch off, or already answered for good: the application goes on without messages
      fail: () => resolve({}),
    });
  });
}
