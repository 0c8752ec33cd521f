/** The web has no subscription popup; the phone's mini-program file asks. */
export const canAsk: boolean = false;
export const askSubscriptions: (templateIds: string[]) => Promise<Record<string, string>> = async () => ({});
