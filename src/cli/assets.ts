import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FetchAsset } from '../tasks/task';

/** Where a file of the site lies on disk. */
export const assetPath = (path: string): string =>
  fileURLToPath(new URL(`../../public/${path}`, import.meta.url));

/** Reads a file of the site from disk, for tasks. */
export const readAsset: FetchAsset = async (path) =>
  Uint8Array.from(await readFile(assetPath(path))).buffer;
