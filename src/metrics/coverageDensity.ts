import { countSamples } from './metricError';

/** Neighbours that a ball reaches to; the paper's choice. */
export const NEIGHBOURS = 5;

/** Real features with a ball around each: an estimate of where real images lie. */
export interface Manifold {
  /** (n, F) */
  readonly features: Float32Array;
  readonly size: number;
  /** Squared distance of each vector to its k-th nearest other one (n). */
  readonly squaredRadii: Float64Array;
  readonly neighbours: number;
}

export interface CoverageDensity {
  /** Share of real balls that hold at least one of the samples, 0 to 1: diversity. */
  readonly coverage: number;
  /** Real balls around a sample, over k, averaged: fidelity. About 1 for real samples, unbounded. */
  readonly density: number;
}

/** Values between two looks at the limit. */
const STRIDE = 16;

/** |a - b|^2 of two vectors; where it reaches `limit`, some number of at least that. */
const squaredDistance = (
  a: Float32Array,
  aStart: number,
  b: Float32Array,
  bStart: number,
  size: number,
  limit: number,
): number => {
  let sum = 0;
  for (let from = 0; from < size && sum < limit; from += STRIDE) {
    const to = Math.min(from + STRIDE, size);
    for (let i = from; i < to; i++) {
      const difference = (a[aStart + i] ?? 0) - (b[bStart + i] ?? 0);
      sum += difference * difference;
    }
  }
  return sum;
};

/** Keeps the smallest values seen, ascending; the last of them is the k-th smallest. */
const insert = (smallest: Float64Array, start: number, k: number, value: number): void => {
  let at = start + k - 1;
  if (value >= (smallest[at] ?? 0)) return;
  for (; at > start && (smallest[at - 1] ?? 0) > value; at--) smallest[at] = smallest[at - 1] ?? 0;
  smallest[at] = value;
};

/**
 * The balls of real `features` (n, `size`), n > `neighbours`, by exact pairwise distances.
 * Throws MetricError for too few vectors or values that are not finite.
 */
export const manifold = (
  features: Float32Array,
  size: number,
  neighbours = NEIGHBOURS,
): Manifold => {
  const count = countSamples('The real features', features, size, neighbours + 1);
  const nearest = new Float64Array(count * neighbours).fill(Infinity);
  const kth = (i: number) => nearest[(i + 1) * neighbours - 1] ?? 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) {
      const limit = Math.max(kth(i), kth(j));
      const distance = squaredDistance(features, i * size, features, j * size, size, limit);
      insert(nearest, i * neighbours, neighbours, distance);
      insert(nearest, j * neighbours, neighbours, distance);
    }
  }
  const squaredRadii = Float64Array.from({ length: count }, (_, i) => kth(i));
  return { features, size, squaredRadii, neighbours };
};

/**
 * Coverage and density (Naeem et al. 2020, "Reliable fidelity and diversity metrics for generative
 * models", Eq. 6 and 9) of samples Y, `features` (m, F), among the balls B_k of real vectors X:
 *   density  = 1 / (k m) sum_j sum_i [Y_j in B_k(X_i)],
 *   coverage = 1 / n sum_i [some Y_j in B_k(X_i)].
 * Balls are open, as in the authors' code. Unlike recall, coverage rests on real balls only, so
 * samples scattered far from the data cover nothing. Copies of one real image cover little though
 * their density is high: density alone sees no collapse. Few samples cannot cover many balls, so
 * compare only equal numbers. Throws MetricError for no sample or values that are not finite.
 */
export const coverageDensity = (features: Float32Array, real: Manifold): CoverageDensity => {
  const { size, squaredRadii, neighbours } = real;
  const samples = countSamples('The features', features, size);
  let covered = 0;
  let inside = 0;
  squaredRadii.forEach((radius, i) => {
    const before = inside;
    for (let j = 0; j < samples; j++) {
      const distance = squaredDistance(real.features, i * size, features, j * size, size, radius);
      if (distance < radius) inside++;
    }
    if (inside > before) covered++;
  });
  return {
    coverage: covered / squaredRadii.length,
    density: inside / (neighbours * samples),
  };
};
