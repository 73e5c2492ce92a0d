import { countSamples, MetricError } from './metricError';

/** What the values of a set of images say by themselves. */
export interface PixelStatistics {
  /** Mean of all values; clean images lie in [-1, 1]. */
  readonly mean: number;
  /** Mean over images of the unbiased variance of one image's values (Eq. 7's s2). */
  readonly variance: number;
  /** Share, 0 to 1, of values beyond [-1, 1]: what a screen would clip. */
  readonly saturation: number;
}

/**
 * Mean, variance and saturation of images (n, ...) of `imageSize` values each, all channels
 * together. Images must not have been clamped, or there is no saturation left to see.
 * Throws MetricError for no image, images of one value, and values that are not finite.
 */
export const pixelStatistics = (images: Float32Array, imageSize: number): PixelStatistics => {
  if (imageSize < 2) throw new MetricError('An image of one value has no variance.');
  const count = countSamples('The images', images, imageSize);
  let total = 0;
  let variances = 0;
  let beyond = 0;
  for (let start = 0; start < images.length; start += imageSize) {
    const image = images.subarray(start, start + imageSize);
    let sum = 0;
    for (const value of image) {
      sum += value;
      if (value > 1 || value < -1) beyond++;
    }
    const mean = sum / imageSize;
    let squares = 0;
    for (const value of image) squares += (value - mean) ** 2;
    total += sum;
    variances += squares / (imageSize - 1);
  }
  return {
    mean: total / images.length,
    variance: variances / count,
    saturation: beyond / images.length,
  };
};
