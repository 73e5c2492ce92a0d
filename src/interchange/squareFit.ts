import type { RgbaImage } from './pixels';

const WHITE = 255;

/** The part of a source row or column that output pixel `index` covers, and its weights. */
interface Cover {
  readonly first: number;
  /** Lengths of overlap with the source pixels from `first` on; they add up to one. */
  readonly weights: readonly number[];
}

/** What each of `size` output pixels covers of `length` source pixels that begin at `offset`. */
const coversOf = (offset: number, length: number, size: number): Cover[] =>
  Array.from({ length: size }, (_, index) => {
    const [from, to] = [(index * length) / size, ((index + 1) * length) / size];
    const first = Math.floor(from);
    const last = Math.max(first + 1, Math.ceil(to));
    const weights = Array.from(
      { length: last - first },
      (_unused, at) => (Math.min(to, first + at + 1) - Math.max(from, first + at)) / (to - from),
    );
    return { first: offset + first, weights };
  });

/**
 * The middle square of an image at size x size pixels: red, green and blue planes of bytes. Each
 * pixel is the mean over the area that it covers, over white where the image is transparent.
 */
export const squareFit = (image: RgbaImage, size: number): Uint8Array<ArrayBuffer> => {
  const { width, height, data } = image;
  const edge = Math.min(width, height);
  const columns = coversOf(Math.floor((width - edge) / 2), edge, size);
  const rows = coversOf(Math.floor((height - edge) / 2), edge, size);
  const planes = new Uint8Array(3 * size * size);
  const sum = [0, 0, 0];
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      sum.fill(0);
      for (const [down, rowWeight] of row.weights.entries()) {
        for (const [right, columnWeight] of column.weights.entries()) {
          const at = 4 * ((row.first + down) * width + column.first + right);
          const alpha = (data[at + 3] ?? 0) / 255;
          for (let channel = 0; channel < 3; channel++) {
            const value = alpha * (data[at + channel] ?? 0) + (1 - alpha) * WHITE;
            sum[channel] = (sum[channel] ?? 0) + rowWeight * columnWeight * value;
          }
        }
      }
      for (const [channel, value] of sum.entries()) {
        planes[(channel * size + y) * size + x] = Math.round(value);
      }
    }
  }
  return planes;
};
