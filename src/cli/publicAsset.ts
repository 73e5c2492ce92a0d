import { join } from 'node:path';
import type { FetchAsset } from '../tasks/task';
import { readWhole } from './files';

/** Files of the site, from the folder that it is built from. */
export const publicAsset: FetchAsset = (path) =>
  Promise.resolve(readWhole(join('public', path)).buffer);
