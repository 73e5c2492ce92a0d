import { toBase64 } from '../interchange/base64';
import { contactSheet } from '../interchange/contactSheet';
import { encodePng } from '../interchange/png';

/** Images on a contact sheet of a record, and images in a row. */
export const SHEET_IMAGES = 16;
const COLUMNS = 8;

/** The first images (n, 3, height, width; values in [-1, 1]) as a PNG in base64, a pixel a pixel. */
export const sheetPng = (
  images: Float32Array,
  [, channels, height, width]: readonly [number, number, number, number],
): string => {
  const shown = images.subarray(0, SHEET_IMAGES * channels * height * width);
  const sheet = contactSheet(shown, { width, height, columns: COLUMNS, scale: 1, gap: 1 });
  return toBase64(encodePng(sheet));
};
