import { decode, encode } from 'fast-png';
import type { DecodeImage, OwnFile } from '../../src/lab/own/collect';

/** A plain PNG of one colour, alpha 255 unless given. */
export const plainPng = (
  [red, green, blue, alpha = 255]: readonly number[],
  width = 6,
  height = width,
): Uint8Array<ArrayBuffer> => {
  const data = Uint8Array.from(
    { length: 4 * width * height },
    (_, at) => [red, green, blue, alpha][at % 4] ?? 0,
  );
  return Uint8Array.from(encode({ width, height, data, channels: 4, depth: 8 }));
};

/** A file in memory. */
export const fileOf = (path: string, bytes: Uint8Array<ArrayBuffer>): OwnFile => ({
  path,
  bytes: bytes.length,
  read: () => Promise.resolve(bytes),
});

/** Decodes PNG with four channels by a library of its own, so that tests run without a browser. */
export const decodePng: DecodeImage = (bytes) => {
  const { width, height, channels, data } = decode(bytes, { checkCrc: true });
  if (channels !== 4) return Promise.reject(new Error('tests draw with alpha'));
  return Promise.resolve({ width, height, data: Uint8ClampedArray.from(data) });
};

/** Two folders of six pictures: red ones and blue ones. */
export const redAndBlue = (): OwnFile[] =>
  Array.from({ length: 12 }, (_, index) =>
    index % 2 === 0
      ? fileOf(`all/red/${index}.png`, plainPng([255 - index, 0, 0]))
      : fileOf(`all/blue/${index}.png`, plainPng([0, 0, 255 - index])),
  );
