import { join } from 'node:path';
import type { FetchAsset } from '../tasks/task';
import { readWhole } from './files';

/** Where a file of the site lies, seen from the project's folder, in which commands run. */
export const assetPath = (path: string): string => join('public', path);

/** Reads a file of the site from the folder that it is built from. */
export const readAsset: FetchAsset = (path) => Promise.resolve(readWhole(assetPath(path)).buffer);
