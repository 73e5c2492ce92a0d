import { describe, expect, test } from 'vitest';
import { featureStatistics, type FeatureStatistics } from '../../../src/metrics/featureStatistics';
import { frechetDistance, frechetReference } from '../../../src/metrics/frechetDistance';
import { MetricError } from '../../../src/metrics/metricError';
import { expectClose } from '../../support/compare';
import { randomValues } from '../../support/random';

/** Statistics given directly. */
const gaussian = (mean: number[], covariance: number[]): FeatureStatistics => ({
  count: 100,
  mean: Float64Array.from(mean),
  covariance: Float64Array.from(covariance),
});

const between = (a: FeatureStatistics, b: FeatureStatistics): number =>
  frechetDistance(a, frechetReference(b));

describe('featureStatistics', () => {
  test('of three vectors, by hand', () => {
    const { count, mean, covariance } = featureStatistics(new Float32Array([0, 1, 2, 1, 4, 7]), 2);
    expect(count).toBe(3);
    expectClose('mean', mean, [2, 3], { relative: 1e-12 });
    // Centred: (-2, -2), (0, -2), (2, 4); sums of products over 2.
    expectClose('covariance', covariance, [4, 6, 6, 12], { relative: 1e-12 });
  });

  test('refuses what it cannot measure', () => {
    expect(() => featureStatistics(new Float32Array(2), 2)).toThrow(/at least 2/);
    expect(() => featureStatistics(new Float32Array(5), 2)).toThrow(MetricError);
    expect(() => featureStatistics(new Float32Array([0, NaN]), 1)).toThrow(/not finite/);
  });
});

describe('frechetDistance', () => {
  test('of one feature, by hand: squared distances of means and of deviations', () => {
    // Means 0 and 3, variances 2 and 8: 9 + 2 + 8 - 2 sqrt(16) = 11.
    const a = featureStatistics(new Float32Array([-1, 1]), 1);
    const b = featureStatistics(new Float32Array([1, 5]), 1);
    expect(between(a, b)).toBeCloseTo(11, 10);
    expect(between(b, a)).toBeCloseTo(11, 10);
  });

  test('of covariances that do not commute', () => {
    // S1 S2 has trace 10 and determinant 12; the trace of a 2x2 root is sqrt(tr + 2 sqrt(det)).
    const [a, b] = [gaussian([0, 0], [1, 0, 0, 4]), gaussian([1, 2], [2, 1, 1, 2])];
    const expected = 5 + 9 - 2 * Math.sqrt(10 + 2 * Math.sqrt(12));
    expect(between(a, b)).toBeCloseTo(expected, 10);
    expect(between(b, a)).toBeCloseTo(expected, 10);
  });

  test('of flat covariances: planes at a right angle share nothing', () => {
    const [a, b] = [gaussian([0, 0], [1, 0, 0, 0]), gaussian([0, 0], [0, 0, 0, 1])];
    expect(between(a, b)).toBeCloseTo(2, 10);
    expect(between(a, gaussian([0, 0], [0, 0, 0, 0]))).toBeCloseTo(1, 10);
  });

  test('is zero to itself, with fewer samples than features too', () => {
    for (const [samples, features] of [
      [50, 8],
      [3, 24],
    ] as const) {
      const statistics = featureStatistics(randomValues(samples * features, 5), features);
      const scale = statistics.covariance.reduce((most, value) => Math.max(most, value), 0);
      const distance = between(statistics, statistics);
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThan(1e-6 * scale * features);
    }
  });

  test('of singular covariances, moved apart by a shift only, is the shift squared', () => {
    const values = randomValues(3 * 24, 5);
    const moved = values.map((value, at) => (at % 24 === 7 ? value + 10 : value));
    const distance = between(featureStatistics(values, 24), featureStatistics(moved, 24));
    expectClose('distance', [distance], [100], { relative: 1e-5 });
  });

  test('refuses other features', () => {
    const [a, b] = [gaussian([0], [1]), gaussian([0, 0], [1, 0, 0, 1])];
    expect(() => between(a, b)).toThrow(MetricError);
  });
});
