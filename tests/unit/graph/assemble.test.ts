import { describe, expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import { add, multiply } from '../../../src/graph/ops/pointwise';
import { sum } from '../../../src/graph/ops/reduce';
import { reshape, slice } from '../../../src/graph/ops/views';
import { constant, type Tensor } from '../../../src/graph/tensor';
import { evaluateProgram, feed, KERNEL_CHOICES, type Fed } from '../../support/evaluate';
import { expectClose } from '../../support/compare';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-6 };
const [ROWS, TOKENS, WIDTH] = [3, 4, 5];

/** What multiplies slice number `part`, summed over tokens in its gradient. */
const factor = (part: number): Fed =>
  feed([ROWS, TOKENS, WIDTH], randomValues(ROWS * TOKENS * WIDTH, part + 1));

/** Slices `starts` (in entries of WIDTH) of x (ROWS, length), each with a sum behind it. */
const lossOf = (x: Tensor, starts: readonly number[], factors: readonly Fed[]): Tensor =>
  starts
    .map((start, part) => {
      const cut = reshape(slice(x, 1, start * WIDTH, WIDTH), [ROWS, 1, WIDTH]);
      return sum(multiply(factors[part]?.tensor ?? x, cut));
    })
    .reduce((all, one) => add(all, one));

/** dL/dx in float64: each slice's entries are its factor's sums over tokens. */
const expectedGradient = (
  length: number,
  starts: readonly number[],
  factors: readonly Fed[],
): number[] => {
  const gradient = new Array<number>(ROWS * length * WIDTH).fill(0);
  starts.forEach((start, part) => {
    factors[part]?.data.forEach((value, i) => {
      const row = Math.floor(i / (TOKENS * WIDTH));
      const at = row * length * WIDTH + start * WIDTH + (i % WIDTH);
      gradient[at] = (gradient[at] ?? NaN) + value;
    });
  });
  return gradient;
};

const CASES: Record<string, { readonly starts: number[]; readonly length: number }> = {
  'in order': { starts: [0, 1, 2, 3, 4, 5, 6], length: 7 },
  'in another order': { starts: [5, 0, 3, 1, 6, 2, 4], length: 7 },
  'with a gap': { starts: [0, 1, 2, 4, 5, 6], length: 7 },
  'up to the last but one': { starts: [0, 1, 2, 3, 4, 5], length: 7 },
  'one of them twice': { starts: [0, 1, 2, 3, 4, 5, 6, 3], length: 7 },
};

for (const choice of KERNEL_CHOICES) {
  describe(`the gradient of a value cut into slices, ${choice.reduce}`, () => {
    for (const [name, { starts, length }] of Object.entries(CASES)) {
      test(name, async ({ gpu }) => {
        const x = feed([ROWS, length * WIDTH], randomValues(ROWS * length * WIDTH, 99));
        const factors = starts.map((_, part) => factor(part));
        const loss = lossOf(x.tensor, starts, factors);
        const [dx] = gradients([{ tensor: loss, gradient: constant(1) }], [x.tensor]);
        if (!dx) throw new Error('no gradient');
        const run = await evaluateProgram(gpu, [dx], factors, { choice });
        const expected = expectedGradient(length, starts, factors);
        expectClose('dx', run.results[0] ?? [], expected, TOLERANCE);
      });
    }
  });
}

test('is written where it belongs by the sums themselves, and may be read by what follows', async ({
  gpu,
}) => {
  const { starts, length } = { starts: [0, 1, 2, 3, 4, 5, 6], length: 7 };
  const x = feed([ROWS, length * WIDTH], randomValues(ROWS * length * WIDTH, 99));
  const factors = starts.map((_, part) => factor(part));
  const loss = lossOf(x.tensor, starts, factors);
  const [dx] = gradients([{ tensor: loss, gradient: constant(1) }], [x.tensor]);
  if (!dx) throw new Error('no gradient');
  const outputs = [dx, sum(multiply(dx, dx), [1])];
  const { results, program } = await evaluateProgram(gpu, outputs, factors);
  const expected = expectedGradient(length, starts, factors);
  const squares = Array.from({ length: ROWS }, (_, row) =>
    expected
      .slice(row * length * WIDTH, (row + 1) * length * WIDTH)
      .reduce((all, value) => all + value * value, 0),
  );
  expectClose('dx', results[0] ?? [], expected, TOLERANCE);
  expectClose('squares', results[1] ?? [], squares, TOLERANCE);
  // Seven sums, of which a dispatch binds seven operands and the result, and the sum of squares.
  expect(program.cost.dispatches).toBe(2);
});
