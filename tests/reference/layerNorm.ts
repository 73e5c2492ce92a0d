import { mean, rows } from './reduce';

/** (x - mean) / sqrt(variance + 1e-5) of each of `count` rows, variance biased; float64. */
export const layerNorm = (x: ArrayLike<number>, count: number): number[] =>
  rows(x, count).flatMap((row) => {
    const centre = mean(row);
    const variance = mean(row.map((value) => (value - centre) ** 2));
    return row.map((value) => (value - centre) / Math.sqrt(variance + 1e-5));
  });
