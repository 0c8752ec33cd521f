/** The web has no subscription popup; the phone's mini-program file asks. */
export const askSubscriptions = async (_templates: Record<string, string>, _kinds: string[]): Promise<Record<string, string>> => ({});
