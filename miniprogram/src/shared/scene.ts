/** The scene in whatever a code holds: a bare scene, our address `/m/s?scene=…`, or a mini-program path. */
const SCENE = /^[frl]\.[\w~.-]{1,30}$/;

export function sceneOf(text: string | undefined | null): string | null {
  if (!text) return null;
  const plain = decode(text);
  if (SCENE.test(plain)) return plain;
  const found = /[?&]scene=([^&#]+)/.exec(plain) ?? /[?&]scene=([^&#]+)/.exec(text);
  const scene = found ? decode(found[1]) : '';
  return SCENE.test(scene) ? scene : null;
}

/** What a page was opened with: `scene` from a mini-program code, `q` from a plain link's rule. */
export function sceneOfQuery(query: Record<string, string | undefined> = {}): string | null {
  return sceneOf(query.scene) ?? sceneOf(query.q) ?? (query.scene ? decode(query.scene) : null);
}

/** The secret part after the kind: `r.abc` → `abc`. */
export const tokenOf = (scene: string): string => scene.slice(scene.indexOf('.') + 1);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
