import { api } from './api';
import { clientConfig } from './realtime';
import { askSubscriptions } from './subscribe';

/** Call it first in the tap; the answer is told to the server as a hint, never waited for. */
export async function askForMessages(...kinds: string[]): Promise<void> {
  const results = await askSubscriptions(clientConfig.value?.templates ?? {}, kinds);
  if (Object.keys(results).length) void api.reportSubscriptions(results).catch(() => undefined);
}
