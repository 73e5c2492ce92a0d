import { countSamples } from './metricError';

/** Channels, height and width of one image. */
export type ImageShape = readonly [channels: number, height: number, width: number];

/** cos and sin of 2 pi k i / n for frequencies k of 0..count-1 (rows) and positions i of 0..n-1. */
const waves = (count: number, n: number) => {
  const angle = (at: number) => (2 * Math.PI * ((Math.floor(at / n) * (at % n)) % n)) / n;
  return {
    cos: Float64Array.from({ length: count * n }, (_, at) => Math.cos(angle(at))),
    sin: Float64Array.from({ length: count * n }, (_, at) => Math.sin(angle(at))),
  };
};

/** Length of a frequency whose indices are ky of `height` and kx <= width / 2, in periods an image. */
const radius = (ky: number, height: number, kx: number): number =>
  Math.hypot(ky <= height / 2 ? ky : ky - height, kx);

/**
 * Half of the energies |X(f)|^2 of real planes, (height, width / 2 + 1): the other half mirrors it,
 * |X(-f)| = |X(f)|.
 */
const halfTransform = (height: number, width: number) => {
  const half = Math.floor(width / 2) + 1;
  const [rowWaves, columnWaves] = [waves(half, width), waves(height, height)];
  const re = new Float64Array(height * half);
  const im = new Float64Array(height * half);
  const energies = new Float64Array(height * half);
  return (plane: Float32Array): Float64Array => {
    for (let y = 0; y < height; y++) {
      for (let k = 0; k < half; k++) {
        let [sumRe, sumIm] = [0, 0];
        for (let x = 0; x < width; x++) {
          const value = plane[y * width + x] ?? 0;
          sumRe += value * (rowWaves.cos[k * width + x] ?? 0);
          sumIm -= value * (rowWaves.sin[k * width + x] ?? 0);
        }
        re[y * half + k] = sumRe;
        im[y * half + k] = sumIm;
      }
    }
    for (let k = 0; k < height; k++) {
      for (let x = 0; x < half; x++) {
        let [sumRe, sumIm] = [0, 0];
        for (let y = 0; y < height; y++) {
          const [a, b] = [re[y * half + x] ?? 0, im[y * half + x] ?? 0];
          const cos = columnWaves.cos[k * height + y] ?? 0;
          const sin = columnWaves.sin[k * height + y] ?? 0;
          sumRe += a * cos + b * sin;
          sumIm += b * cos - a * sin;
        }
        energies[k * half + x] = sumRe ** 2 + sumIm ** 2;
      }
    }
    return energies;
  };
};

/**
 * Energy by radial spatial frequency, averaged over images and channels of `images`
 * (n, channels, height, width). With X the 2-D DFT of one channel of N = height * width values,
 *   spectrum[r] = mean over images and channels of the sum of |X(f)|^2 / N^2
 *                 over all f with round(|f|) = r,  f = (fy, fx) in periods an image,
 * so that all bins together are the mean square of the values (Parseval). The mean is not removed:
 * it is all of bin 0 and in no other bin. 16x16 images have 12 bins, 0 to round(sqrt(128)) = 11;
 * the bins beyond 8 hold diagonal detail only. Throws MetricError for values that are not finite.
 */
export const spectrum = (images: Float32Array, [channels, height, width]: ImageShape): number[] => {
  const size = height * width;
  const planes = channels * countSamples('The images', images, channels * size);
  const half = Math.floor(width / 2) + 1;
  const bins = Int32Array.from({ length: height * half }, (_, at) =>
    Math.round(radius(Math.floor(at / half), height, at % half)),
  );
  // Columns 0 and width / 2 mirror themselves; all others stand for two.
  const weights = Int32Array.from({ length: half }, (_, k) => ((2 * k) % width === 0 ? 1 : 2));
  const transform = halfTransform(height, width);
  const energies = new Array<number>(Math.max(...bins) + 1).fill(0);
  for (let plane = 0; plane < planes; plane++) {
    transform(images.subarray(plane * size, (plane + 1) * size)).forEach((energy, at) => {
      const bin = bins[at] ?? 0;
      energies[bin] = (energies[bin] ?? 0) + energy * (weights[at % half] ?? 0);
    });
  }
  return energies.map((energy) => energy / (planes * size * size));
};
