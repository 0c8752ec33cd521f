/** The web has no subscription popup; the phone's mini-program file asks. */
export const askSubscriptions: (templates: Record<string, string>, kinds: string[]) => Promise<Record<string, string>> = async () => ({});
