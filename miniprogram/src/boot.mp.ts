/**
 * The mini-program opens its pages by itself; the scan page reads the scene. It has no `crypto`, which the call engine
 * asks for the name of its page: a name need only differ from others, it keeps no secret.
 */
type Random = { getRandomValues(bytes: Uint8Array): Uint8Array };
const scope = globalThis as unknown as { crypto?: Random };
scope.crypto ??= { getRandomValues: (bytes) => bytes.map((_, at) => (bytes[at] = Math.floor(Math.random() * 256))) };

export {};
