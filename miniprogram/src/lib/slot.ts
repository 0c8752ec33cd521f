/** Only the mini-program carries an operator's SDK; on the web the call engine loads its own. */
export const loadVideoSdk = (): null => null;
