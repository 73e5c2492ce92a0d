import { contactSheet } from '../../interchange/contactSheet';
import { encodePng } from '../../interchange/png';
import { columnsFor } from '../lib/pictures';
import type { Pictures } from '../state/samples';

/** Edge of a picture on a sheet, about, in pixels. */
const EDGE = 64;

/** Pictures (n, 3, height, width) of one or more grids as a PNG, `columns` a row, pixels as squares. */
const sheet = (grids: readonly Pictures[], columns: number): Uint8Array<ArrayBuffer> => {
  const [, , height, width] = grids[0]?.shape ?? [0, 3, 1, 1];
  const images = new Float32Array(grids.reduce((sum, grid) => sum + grid.images.length, 0));
  let at = 0;
  for (const grid of grids) {
    images.set(grid.images, at);
    at += grid.images.length;
  }
  const scale = Math.max(1, Math.round(EDGE / width));
  return encodePng(contactSheet(images, { width, height, columns, scale }));
};

/** One grid as it is on the page. */
export const gridSheet = (pictures: Pictures): Uint8Array<ArrayBuffer> =>
  sheet([pictures], columnsFor(pictures.shape[0]));

/** Several grids of the same prompts, a row each. */
export const rowsSheet = (grids: readonly Pictures[]): Uint8Array<ArrayBuffer> =>
  sheet(grids, grids[0]?.shape[0] ?? 1);
