import type { Plugin } from 'vite';

const DARK = /@media \(prefers-color-scheme: dark\)\s*\{\s*:root:not\(\[data-scheme='light'\]\),\s*page\s*\{([^}]*)\}\s*\}/;

/**
 * The shared tokens go dark with the system. The desk also lets a person choose, so the same
 * dark values are given once more under `data-scheme="dark"`, from the one file.
 */
export function chosenScheme(): Plugin {
  return {
    name: 'chosen-scheme',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0].endsWith('shared/design/tokens.css')) return null;
      const dark = DARK.exec(code);
      if (!dark) this.error('tokens.css has no dark block of the expected form');
      return { code: `${code}\n:root[data-scheme='dark'] {\n  color-scheme: dark;${dark[1]}}\n`, map: null };
    },
  };
}
