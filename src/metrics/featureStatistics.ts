import { countSamples } from './metricError';

/** Mean and covariance of a set of feature vectors: all that a Fréchet distance knows of it. */
export interface FeatureStatistics {
  /** Vectors that went in. */
  readonly count: number;
  /** (F) */
  readonly mean: Float64Array;
  /** Unbiased covariance (F, F), row by row. */
  readonly covariance: Float64Array;
}

/**
 * Statistics of `features` (n, `size`), n at least 2. With n <= F the covariance is singular,
 * which `frechetDistance` bears. Throws MetricError for fewer vectors or values that are not finite.
 */
export const featureStatistics = (features: Float32Array, size: number): FeatureStatistics => {
  const count = countSamples('The features', features, size, 2);
  const mean = new Float64Array(size);
  for (let at = 0; at < features.length; at++) {
    const i = at % size;
    mean[i] = (mean[i] ?? 0) + (features[at] ?? 0) / count;
  }
  const covariance = new Float64Array(size * size);
  const centred = new Float64Array(size);
  for (let start = 0; start < features.length; start += size) {
    for (let i = 0; i < size; i++) centred[i] = (features[start + i] ?? 0) - (mean[i] ?? 0);
    for (let i = 0; i < size; i++) {
      const factor = (centred[i] ?? 0) / (count - 1);
      const row = i * size;
      for (let j = 0; j <= i; j++) {
        covariance[row + j] = (covariance[row + j] ?? 0) + factor * (centred[j] ?? 0);
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) covariance[j * size + i] = covariance[i * size + j] ?? 0;
  }
  return { count, mean, covariance };
};
