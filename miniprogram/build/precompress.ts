import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TEXT = new Set(['.css', '.html', '.js', '.json', '.mjs', '.svg', '.ttf', '.txt', '.wasm', '.webmanifest']);
const SMALLEST = 1024; // bytes: below this the headers cost more than compression saves

/** What both Vite 5 (phone client) and Vite 7 (desk) accept as a plugin; neither's types are imported here. */
interface BuildPlugin {
  name: string;
  apply: 'build';
  enforce: 'post';
  configResolved(config: { root: string; build: { outDir: string } }): void;
  closeBundle: { sequential: true; order: 'post'; handler(): void };
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

/** Writes `file.br` and `file.gz` beside every text file of *folder*; the server only picks one (Flask does not compress). */
export function packFolder(folder: string): number {
  const files = filesUnder(folder).filter((path) => TEXT.has(extname(path)) && statSync(path).size >= SMALLEST);
  for (const path of files) {
    const content = readFileSync(path);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
  return files.length;
}

/** Compresses once at build. The mini-program's package is zipped by WeChat itself and must stay without these files. */
export function precompress(): BuildPlugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      handler() {
        if (process.env.UNI_PLATFORM === 'mp-weixin') return;
        packFolder(folder);
      },
    },
  };
}
