import { describe, expect, test } from 'vitest';
import { coverageDensity, manifold } from '../../../src/metrics/coverageDensity';
import { MetricError } from '../../../src/metrics/metricError';
import { randomValues } from '../../support/random';

describe('on a line, k = 1', () => {
  // Radii: 1, 1, 2, 4.
  const real = manifold(new Float32Array([0, 1, 3, 7]), 1, 1);

  test('balls reach to the nearest other real vector', () => {
    expect([...real.squaredRadii]).toEqual([1, 1, 4, 16]);
  });

  test('samples in every ball', () => {
    // 0.5 lies in the balls of 0 and 1, 3.5 in those of 3 and 7: 4 hits of 2 samples.
    const figures = coverageDensity(new Float32Array([0.5, 3.5]), real);
    expect(figures).toEqual({ coverage: 1, density: 2 });
  });

  test('one place many times: density is as high, coverage is half', () => {
    const figures = coverageDensity(new Float32Array([0.5, 0.5, 0.5, 0.5]), real);
    expect(figures).toEqual({ coverage: 0.5, density: 2 });
  });

  test('balls are open', () => {
    // 2 lies on the edge of 1's ball and inside that of 3.
    expect(coverageDensity(new Float32Array([2]), real)).toEqual({ coverage: 0.25, density: 1 });
  });

  test('far away nothing is covered', () => {
    expect(coverageDensity(new Float32Array([90]), real)).toEqual({ coverage: 0, density: 0 });
  });
});

describe('in space', () => {
  const size = 6;
  const cloud = (count: number, seed: number) => randomValues(count * size, seed);

  test.each([6, 37])('agrees with the definition, by sorting all distances, F = %i', (size) => {
    const [real, samples] = [randomValues(40 * size, 1), randomValues(23 * size, 2)];
    const vectors = (values: Float32Array) =>
      Array.from({ length: values.length / size }, (_, i) => [
        ...values.subarray(i * size, (i + 1) * size),
      ]);
    const distance = (a: number[], b: number[]) =>
      Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));
    const [xs, ys] = [vectors(real), vectors(samples)];
    // The nearest of all is the vector itself.
    const hits = xs.map((x) => {
      const sorted = xs.map((other) => distance(x, other)).sort((a, b) => a - b);
      return ys.filter((y) => distance(x, y) < (sorted[5] ?? 0)).length;
    });
    const figures = coverageDensity(samples, manifold(real, size));
    expect(figures.coverage).toBe(hits.filter((count) => count > 0).length / 40);
    expect(figures.density).toBeCloseTo(hits.reduce((a, b) => a + b, 0) / (5 * 23), 12);
    expect(figures.coverage).toBeGreaterThan(0.5);
    expect(figures.coverage).toBeLessThan(1);
  });

  test('copies of one real vector cover little; a second draw covers nearly all', () => {
    const real = manifold(cloud(200, 1), size);
    const copies = Float32Array.from({ length: 200 * size }, (_, i) => cloud(1, 1)[i % size] ?? 0);
    const collapsed = coverageDensity(copies, real);
    const healthy = coverageDensity(cloud(200, 2), real);
    expect(collapsed.coverage).toBeLessThan(0.1);
    expect(healthy.coverage).toBeGreaterThan(0.85);
    expect(healthy.density).toBeGreaterThan(0.7);
    expect(healthy.density).toBeLessThan(1.3);
  });

  test('refuses what it cannot measure', () => {
    expect(() => manifold(cloud(5, 1), size)).toThrow(/at least 6/);
    const real = manifold(cloud(8, 1), size);
    expect(() => coverageDensity(new Float32Array(7), real)).toThrow(MetricError);
    expect(() => coverageDensity(new Float32Array(6).fill(NaN), real)).toThrow(/not finite/);
  });
});
