/** What stands in an input after a uni-app input event, whose type the template compiler takes for the browser's. */
export const inputValue = (event: Event): string => String((event as unknown as { detail?: { value?: string } }).detail?.value ?? '');
