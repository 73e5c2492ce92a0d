import { expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import { partAt } from '../../../src/graph/ops/partAt';
import { multiply } from '../../../src/graph/ops/pointwise';
import { sum } from '../../../src/graph/ops/reduce';
import { constant, setting } from '../../../src/graph/tensor';
import { evaluate, feed } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const index = setting('index', 'u32');

test('gives the part that the host names, of numbers and of integers', async ({ gpu }) => {
  const x = feed([6, 5, 3], randomValues(90, 1));
  const rows = feed(
    [6, 2],
    Int32Array.from({ length: 12 }, (_, i) => 7 * i - 20),
  );
  const parts = [partAt(x.tensor, 3, index), partAt(rows.tensor, 3, index)];
  expect(parts.map(({ shape }) => shape)).toEqual([
    [2, 5, 3],
    [2, 2],
  ]);
  for (const part of [0, 1, 2]) {
    const [values, integers] = await evaluate(gpu, parts, [x, rows], {
      settings: { index: { u32: part } },
    });
    expect(values).toEqual(Float32Array.from(x.data.slice(30 * part, 30 * (part + 1))));
    const read = new Int32Array(integers?.buffer ?? new ArrayBuffer());
    expect([...read]).toEqual([...rows.data.slice(4 * part, 4 * (part + 1))]);
  }
});

test('is read in place by what follows, and no gradient passes it', async ({ gpu }) => {
  const x = feed([4, 3], randomValues(12, 2));
  const y = feed([2, 3], randomValues(6, 3));
  const loss = sum(multiply(partAt(x.tensor, 2, index), y.tensor));
  const seeds = [{ tensor: loss, gradient: constant(1) }];
  const [dy] = gradients(seeds, [y.tensor]);
  if (!dy) throw new Error('no gradient');
  const [values] = await evaluate(gpu, [dy], [x, y], { settings: { index: { u32: 1 } } });
  expect(values).toEqual(Float32Array.from(x.data.slice(6)));
  expect(() => gradients(seeds, [x.tensor])).toThrow(/does not depend/);
});

test('refuses what does not split, and an index that is no u32 scalar', () => {
  const x = feed([4, 3], randomValues(12, 2)).tensor;
  expect(() => partAt(x, 3, index)).toThrow(/partAt: \[4, 3\].*no 3 parts/);
  expect(() => partAt(x, 2, setting('index'))).toThrow(/u32 scalar/);
});
