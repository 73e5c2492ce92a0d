import { expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import { embeddingSum } from '../../../src/graph/ops/embedding';
import { perPart, type PartCounts } from '../../../src/graph/ops/perPart';
import { ShapeError } from '../../../src/graph/shape';
import * as reference from '../../reference/embedding';
import { weighted } from '../../reference/matmul';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-5 };

/** Rows of a table, some picked often, some by the same sample twice, some never. */
const picksOf = (count: number, rows: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => (i * i + 1) % rows);

for (const [rows, width, samples, picks] of [
  [1, 1, 1, 1],
  [3, 17, 3, 2],
  [17, 3, 129, 8],
  [5, 129, 17, 3],
] as const) {
  test(`${samples} x ${picks} of ${rows} rows of ${width}`, async ({ gpu }) => {
    const table = feed([rows, width], randomValues(rows * width, 1));
    const picked = feed([samples, picks], picksOf(samples * picks, rows));
    const dy = feed([samples, width], randomValues(samples * width, 2));
    const y = embeddingSum(table.tensor, picked.tensor);
    expect(y.shape).toEqual([samples, width]);
    const [dtable] = gradients([{ tensor: y, gradient: dy.tensor }], [table.tensor]);
    if (!dtable) throw new Error('no gradient');
    const [value, gradient] = await evaluate(gpu, [y, dtable], [table, picked, dy]);
    const sum = (at: ArrayLike<number>) => reference.embeddingSum(at, width, picked.data, picks);
    expectClose('y', value ?? [], sum(table.data), TOLERANCE);
    const expected = finiteDifferences((at) => weighted(sum(at), dy.data), table.data);
    expectClose('dtable', gradient ?? [], expected, TOLERANCE);
  });
}

const PARTS: PartCounts[] = [
  [2, 1],
  [1, 1, 3],
];

for (const counts of PARTS) {
  test(`parts ${counts.join(', ')} of the samples with tables of their own`, async ({ gpu }) => {
    const [rows, width, share, picks] = [5, 3, 2, 2];
    const stride = 64;
    const size = (counts.length - 1) * stride + rows * width;
    const memory = feed([size], randomValues(size, 1));
    const copies = counts.flatMap((count, copy) => new Array<number>(count).fill(copy));
    const samples = copies.length * share;
    const picked = feed([samples, picks], picksOf(samples * picks, rows));
    const table = perPart(memory.tensor, [rows, width], stride, counts);
    const y = embeddingSum(table, picked.tensor);
    const [value] = await evaluate(gpu, [y], [memory, picked]);
    const expected = copies.flatMap((copy, part) =>
      reference.embeddingSum(
        memory.data.slice(copy * stride),
        width,
        Array.from(picked.data).slice(part * share * picks, (part + 1) * share * picks),
        picks,
      ),
    );
    expectClose('y', value ?? [], expected, TOLERANCE);
  });
}

test('refuses samples that do not split into the parts of a table', () => {
  const table = perPart(feed([64 + 6], new Float32Array(70)).tensor, [2, 3], 64, [2, 1]);
  const odd = feed([4, 1], Int32Array.of(0, 1, 0, 1)).tensor;
  expect(() => embeddingSum(table, odd)).toThrow(/no 3 parts/);
});

test('refuses rows that are no integers or no table', () => {
  const table = feed([2, 3], new Float32Array(6)).tensor;
  expect(() => embeddingSum(table, feed([1, 2], [0, 1]).tensor)).toThrow(ShapeError);
  expect(() => embeddingSum(table, feed([2], Int32Array.of(0, 1)).tensor)).toThrow(ShapeError);
});
