import { expect } from 'vitest';
import { timeEmbedding } from '../../../src/graph/ops/timeEmbedding';
import { ShapeError } from '../../../src/graph/shape';
import * as reference from '../../reference/timeEmbedding';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { test } from '../../support/gpu';

// An angle of up to 1000 has a rounding error of 3e-5 in f32, and so has a frequency of 1000.
const TOLERANCE = { relative: 3e-4 };

for (const count of [1, 3, 17, 129]) {
  test(`${count} times between noise and clean`, async ({ gpu }) => {
    const t = feed(
      [count],
      Float32Array.from({ length: count }, (_, i) => (i + 1) / count),
    );
    const y = timeEmbedding(t.tensor);
    expect(y.shape).toEqual([count, 64]);
    const [result] = await evaluate(gpu, [y], [t]);
    expectClose('embedding', result ?? [], reference.timeEmbedding(t.data, 32), TOLERANCE);
  });
}

test('other numbers of frequencies, and t = 0', async ({ gpu }) => {
  const t = feed([3], [0, 0.25, 1]);
  const [result] = await evaluate(gpu, [timeEmbedding(t.tensor, 5)], [t]);
  expectClose('embedding', result ?? [], reference.timeEmbedding(t.data, 5), TOLERANCE);
});

test('refuses times that are not a vector', () => {
  expect(() => timeEmbedding(feed([3, 1], [0, 0, 0]).tensor)).toThrow(ShapeError);
});
