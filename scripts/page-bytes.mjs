// How much script a first visit loads before the page can be used: the entry and what it imports at
// once, as the build's manifest has it, compressed as servers do.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a first load may have, in bytes after gzip. */
export const SCRIPT_BUDGET = 300_000;

/** @typedef {{ file: string, imports?: string[] }} Chunk */

/**
 * @param {string} dist folder of the built page
 * @returns {{ file: string, bytes: number, gzip: number }[]}
 */
export function firstScripts(dist) {
  /** @type {unknown} */
  const json = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
  const manifest = /** @type {Record<string, Chunk>} */ (json);
  /** @type {Set<string>} */
  const wanted = new Set();
  const want = (/** @type {string} */ key) => {
    if (wanted.has(key)) return;
    wanted.add(key);
    manifest[key]?.imports?.forEach(want);
  };
  want('index.html');
  return [...wanted].map((key) => {
    const file = manifest[key]?.file ?? key;
    const code = readFileSync(join(dist, file));
    return { file, bytes: code.byteLength, gzip: gzipSync(code).byteLength };
  });
}
