import { describe, expect, test } from 'vitest';
import { MetricError } from '../../../src/metrics/metricError';
import { spectrum } from '../../../src/metrics/spectrum';
import { expectClose } from '../../support/compare';
import { randomValues } from '../../support/random';

/** One 16x16 channel. */
const channel = (value: (y: number, x: number) => number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, at) => value(Math.floor(at / 16), at % 16));

const bins = (energies: Record<number, number>): number[] =>
  Array.from({ length: 12 }, (_, bin) => energies[bin] ?? 0);

const wave = (turns: number) => Math.cos((2 * Math.PI * turns) / 16);

describe('16x16 images', () => {
  for (const [name, image, energies] of [
    ['a flat image has its square in bin 0', () => -0.5, { 0: 0.25 }],
    ['a vertical wave of 3 periods is in bin 3', (y: number) => wave(3 * y), { 3: 0.5 }],
    ['a wave of 15 periods is one of 1 period', (_: number, x: number) => wave(15 * x), { 1: 0.5 }],
    ['stripes a pixel wide are in bin 8', (_: number, x: number) => (-1) ** x, { 8: 1 }],
    ['a checkerboard is in bin 11', (y: number, x: number) => (-1) ** (x + y), { 11: 1 }],
    // |(2, 2)| = 2.83 rounds to 3.
    ['a diagonal wave is in the bin of its length', (y, x) => wave(2 * y + 2 * x), { 3: 0.5 }],
  ] as [string, (y: number, x: number) => number, Record<number, number>][]) {
    test(name, () => {
      const tolerance = { relative: 1e-6, absolute: 1e-12 };
      expectClose('spectrum', spectrum(channel(image), [1, 16, 16]), bins(energies), tolerance);
    });
  }

  test('is averaged over channels and images', () => {
    const flat = channel(() => 1);
    const stripes = channel((_, x) => (-1) ** x);
    const dark = channel(() => 0);
    const images = Float32Array.from([...flat, ...stripes, ...dark, ...stripes]);
    const expected = bins({ 0: 0.25, 8: 0.5 });
    const tolerance = { relative: 1e-9, absolute: 1e-12 };
    expectClose('spectrum', spectrum(images, [2, 16, 16]), expected, tolerance);
  });
});

for (const shape of [
  [1, 1, 1],
  [2, 3, 5],
  [3, 16, 16],
  [1, 8, 7],
] as const) {
  test(`all bins together are the mean square of the values (Parseval), ${shape.join('x')}`, () => {
    const values = randomValues(4 * shape[0] * shape[1] * shape[2], 3);
    const total = spectrum(values, shape).reduce((sum, energy) => sum + energy, 0);
    const squares = values.reduce((sum, value) => sum + value ** 2, 0);
    expectClose('energy', [total], [squares / values.length], { relative: 1e-12 });
  });
}

test('refuses what it cannot measure', () => {
  expect(() => spectrum(new Float32Array(5), [1, 2, 2])).toThrow(MetricError);
  expect(() => spectrum(new Float32Array([0, 0, 0, NaN]), [1, 2, 2])).toThrow(/not finite/);
});
