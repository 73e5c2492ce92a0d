import { expect } from 'vitest';
import { add, multiply } from '../../../src/graph/ops/pointwise';
import { sum } from '../../../src/graph/ops/reduce';
import { reshape } from '../../../src/graph/ops/views';
import { expectClose } from '../../support/compare';
import { evaluateProgram, feed, KERNEL_CHOICES } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-6 };

/** Sums over the middle axis of (outer, length, inner) in float64. */
const columnSums = (
  x: ArrayLike<number>,
  [outer, length, inner]: readonly [number, number, number],
): number[] =>
  Array.from({ length: outer * inner }, (_, i) => {
    const first = Math.floor(i / inner) * length * inner + (i % inner);
    return Array.from({ length }, (_, j) => x[first + j * inner] ?? NaN).reduce((a, b) => a + b);
  });

for (const choice of KERNEL_CHOICES) {
  for (const inner of [1, 7, 64]) {
    test(`sums of one length run side by side, ${inner} wide, ${choice.reduce}`, async ({
      gpu,
    }) => {
      const shapes = [3, 1, 2].map((outer) => [outer, 5, inner] as const);
      const feeds = shapes.map((shape, i) => feed(shape, randomValues(shape[0] * 5 * inner, i)));
      const outputs = feeds.map(({ tensor }, i) => multiply(sum(tensor, [1]), i + 1));
      const { results, program } = await evaluateProgram(gpu, outputs, feeds, { choice });
      feeds.forEach(({ data }, i) => {
        const expected = columnSums(data, shapes[i] ?? [1, 5, 1]).map((value) => value * (i + 1));
        expectClose(`sum ${i}`, results[i] ?? [], expected, TOLERANCE);
      });
      expect(program.cost.dispatches).toBe(1);
    });
  }
}

test('a sum that another needs runs before it', async ({ gpu }) => {
  const x = feed([4, 4, 3], randomValues(48, 1));
  const first = sum(x.tensor, [1]);
  const second = sum(add(reshape(first, [1, 4, 3]), 1), [1]);
  const { results, program } = await evaluateProgram(gpu, [first, second], [x]);
  const expected = columnSums(x.data, [4, 4, 3]);
  expectClose('first', results[0] ?? [], expected, TOLERANCE);
  const again = columnSums(
    expected.map((value) => value + 1),
    [1, 4, 3],
  );
  expectClose('second', results[1] ?? [], again, TOLERANCE);
  expect(program.cost.dispatches).toBe(2);
});

test('sums that have come to depend on each other through a stack stay apart', async ({ gpu }) => {
  const [x, y] = [feed([2, 4, 3], randomValues(24, 1)), feed([2, 4, 3], randomValues(24, 2))];
  // b joins a; c needs b and d needs a, so that neither can join them, but d may join c.
  const [a, b] = [sum(x.tensor, [1]), sum(y.tensor, [1])];
  const c = sum(multiply(x.tensor, reshape(b, [2, 1, 3])), [1]);
  const d = sum(multiply(y.tensor, reshape(a, [2, 1, 3])), [1]);
  const { results, program } = await evaluateProgram(gpu, [a, b, c, d], [x, y]);
  const [sumX, sumY] = [columnSums(x.data, [2, 4, 3]), columnSums(y.data, [2, 4, 3])];
  const product = sumX.map((value, i) => value * (sumY[i] ?? NaN));
  [sumX, sumY, product, product].forEach((expected, i) => {
    expectClose(`sum ${i}`, results[i] ?? [], expected, { relative: 1e-5 });
  });
  expect(program.cost.dispatches).toBe(2);
});

test('no more run side by side than can be bound', async ({ gpu }) => {
  const feeds = Array.from({ length: 9 }, (_, i) => feed([2, 3, 5], randomValues(30, i)));
  const outputs = feeds.map(({ tensor }) => sum(tensor, [1]));
  const { results, program } = await evaluateProgram(gpu, outputs, feeds);
  feeds.forEach(({ data }, i) => {
    expectClose(`sum ${i}`, results[i] ?? [], columnSums(data, [2, 3, 5]), TOLERANCE);
  });
  // Two buffers each, eight in a dispatch.
  expect(program.cost.dispatches).toBe(3);
});
