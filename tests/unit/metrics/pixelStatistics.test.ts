import { expect, test } from 'vitest';
import { MetricError } from '../../../src/metrics/metricError';
import { pixelStatistics } from '../../../src/metrics/pixelStatistics';

test('two images of four values, by hand', () => {
  // Variances (4 + 4) / 3 and 0; beyond [-1, 1] lie 2 and -2, but not 1.
  const images = new Float32Array([0, 0, 2, -2, 1, 1, 1, 1]);
  const { mean, variance, saturation } = pixelStatistics(images, 4);
  expect(mean).toBe(0.5);
  expect(variance).toBeCloseTo(4 / 3, 12);
  expect(saturation).toBe(2 / 8);
});

test('the variance is that within an image, not that between images', () => {
  const { variance } = pixelStatistics(new Float32Array([-1, -1, 1, 1]), 2);
  expect(variance).toBe(0);
});

test('refuses what it cannot measure', () => {
  expect(() => pixelStatistics(new Float32Array(), 4)).toThrow(MetricError);
  expect(() => pixelStatistics(new Float32Array(6), 4)).toThrow(/no whole number of 4/);
  expect(() => pixelStatistics(new Float32Array(3), 1)).toThrow(/no variance/);
  expect(() => pixelStatistics(new Float32Array([0, NaN]), 2)).toThrow(/not finite/);
  expect(() => pixelStatistics(new Float32Array([0, Infinity]), 2)).toThrow(/not finite/);
});
