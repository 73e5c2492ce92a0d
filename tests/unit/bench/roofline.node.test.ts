import { describe, expect, test } from 'vitest';
import { rooflineOf } from '../../../bench/page/roofline';
import type { PageReport } from '../../../bench/page/report';
import type { ProductReport } from '../../../bench/products';

const product = (m: number, n: number, k: number, gflops: number): ProductReport => ({
  layer: `square ${m}`,
  form: 'forward',
  m,
  n,
  k,
  variants: [
    { variant: 'tiled', gflops, times: { repetitions: 1, median: 1, fastest: 1, slowest: 1 } },
  ],
});

const report = (products: readonly ProductReport[]): PageReport => ({
  adapter: 'made up',
  software: false,
  features: [],
  browser: '',
  choice: null,
  peak: { gflops: 1000, gigabytes: 100 },
  products,
  scales: [],
  profile: null,
});

describe('the roofline', () => {
  test('has nothing to draw before peak and products are known', () => {
    expect(rooflineOf(report([]))).toBeNull();
    expect(rooflineOf({ ...report([product(64, 64, 64, 50)]), peak: null })).toBeNull();
  });

  test('rises with memory up to the ridge, and is flat from there', () => {
    const { roof } = rooflineOf(report([product(64, 64, 64, 50)])) ?? { roof: [] };
    expect(roof.map(({ intensity, gflops }) => [intensity, gflops])).toEqual([
      [1, 100],
      [10, 1000],
      [100, 1000],
    ]);
  });

  test('places a product by what it must move: each matrix once', () => {
    // 2 * 600^3 operations, 3 matrices of 600^2 floats of 4 bytes: 100 operations a byte.
    const [point] = rooflineOf(report([product(600, 600, 600, 400)]))?.points ?? [];
    expect(point?.intensity).toBeCloseTo(100, 10);
    expect(point?.gflops).toBe(400);
  });

  test('spans whole decades around all that it shows', () => {
    const { across, up } = rooflineOf(report([product(64, 64, 64, 5)])) ?? {};
    expect(across).toEqual([1, 100]);
    expect(up).toEqual([1, 1000]);
  });
});
