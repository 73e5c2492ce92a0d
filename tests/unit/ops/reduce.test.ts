import { describe, expect } from 'vitest';
import columnsSerial from '../../../shaders/reduce/columns_serial.wgsl?raw';
import columnsTree from '../../../shaders/reduce/columns_tree.wgsl?raw';
import { gradients } from '../../../src/graph/differentiate';
import { add, multiply, square } from '../../../src/graph/ops/pointwise';
import {
  COLUMNS_PER_WORKGROUP,
  mean,
  meanAndVariance,
  sum,
  sumTo,
} from '../../../src/graph/ops/reduce';
import { elementCount, ShapeError, type Shape } from '../../../src/graph/shape';
import * as reference from '../../reference/reduce';
import { expectClose } from '../../support/compare';
import { evaluate, evaluateProgram, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { SUM_CHOICES } from '../../support/optionalKernels';
import { randomValues } from '../../support/random';

// f32 against float64: rounding of sums of a few thousand values of size 1, near cancellation.
const TOLERANCE = { relative: 1e-5, absolute: 1e-5 };

const random = (shape: Shape, seed: number) => feed(shape, randomValues(elementCount(shape), seed));

test('workgroups are counted with the constants of the WGSL files', () => {
  expect(columnsTree).toContain(`COLUMNS: u32 = ${COLUMNS_PER_WORKGROUP.tree}u`);
  expect(COLUMNS_PER_WORKGROUP.subgroup).toBe(COLUMNS_PER_WORKGROUP.tree);
  expect(columnsSerial).toContain(`COLUMNS: u32 = ${COLUMNS_PER_WORKGROUP.serial}u`);
});

for (const choice of SUM_CHOICES) {
  describe(`sum, ${choice.reduce}`, () => {
    const cases: { shape: Shape; axes: number[]; what: string }[] = [
      { shape: [1], axes: [0], what: 'one value' },
      { shape: [3, 1], axes: [1], what: 'axes of one value' },
      { shape: [17], axes: [0], what: 'a short vector' },
      { shape: [129, 3], axes: [1], what: 'short rows' },
      { shape: [3, 129], axes: [1], what: 'rows' },
      { shape: [17, 5, 7], axes: [1, 2], what: 'samples' },
      { shape: [129, 17], axes: [0], what: 'columns' },
      { shape: [2, 33, 129], axes: [1], what: 'columns of samples' },
      { shape: [3, 17, 129], axes: [0, 2], what: 'axes that are not neighbours' },
      { shape: [3, 1, 17], axes: [0, 2], what: 'neighbours but for an axis of size 1' },
      { shape: [2, 6007], axes: [1], what: 'rows in two stages' },
      { shape: [1030, 5], axes: [0], what: 'columns in two stages' },
    ];
    for (const { shape, axes, what } of cases) {
      test(what, async ({ gpu }) => {
        const x = random(shape, 1);
        const total = sum(x.tensor, axes);
        const kept = sum(x.tensor, axes, { keepAxes: true });
        const [dropped, same] = await evaluate(gpu, [total, kept], [x], { choice });
        expect(total.shape).toEqual(shape.filter((_, axis) => !axes.includes(axis)));
        expect(kept.shape).toEqual(shape.map((size, axis) => (axes.includes(axis) ? 1 : size)));
        const expected = reference.sum(x.data, shape, axes);
        expectClose('sum', dropped ?? [], expected, TOLERANCE);
        expectClose('sum with kept axes', same ?? [], expected, TOLERANCE);
      });
    }

    test('a whole long tensor, the same on every run', async ({ gpu }) => {
      const x = random([300_001], 2);
      const results = await Promise.all(
        [0, 1].map(() => evaluateProgram(gpu, [mean(x.tensor)], [x], { choice })),
      );
      const [first, second] = results.map(({ results: [value] }) => value ?? new Float32Array());
      expectClose('mean', first ?? [], [reference.mean(Array.from(x.data))], {
        relative: 1e-5,
        absolute: 1e-6,
      });
      expect(first).toEqual(second);
      expect(results[0]?.program.cost.dispatches).toBe(2);
    });

    test('elementwise work before and after is fused', async ({ gpu }) => {
      const x = random([17, 5], 3);
      const y = add(multiply(sum(square(x.tensor), [-1]), 3), 1);
      const { results, program } = await evaluateProgram(gpu, [y], [x], { choice });
      const expected = reference.rows(x.data, 17).map((row) => {
        const squares = row.reduce((total, value) => total + value * value, 0);
        return squares * 3 + 1;
      });
      expectClose('fused', results[0] ?? [], expected, TOLERANCE);
      expect(program.cost.dispatches).toBe(1);
    });

    test('mean and variance of samples, and their gradients', async ({ gpu }) => {
      const x = random([3, 5, 7], 4);
      const { mean: mu, variance } = meanAndVariance(x.tensor);
      const [u, v] = [random([3], 5), random([3], 6)];
      const [dx] = gradients(
        [
          { tensor: mu, gradient: u.tensor },
          { tensor: variance, gradient: v.tensor },
        ],
        [x.tensor],
      );
      if (!dx) throw new Error('no gradient');
      const results = await evaluate(gpu, [mu, variance, dx], [x, u, v], { choice });

      const samples = reference.rows(x.data, 3);
      expectClose('mean', results[0] ?? [], samples.map(reference.mean), TOLERANCE);
      expectClose('variance', results[1] ?? [], samples.map(reference.variance), TOLERANCE);
      const objective = (values: number[]) =>
        reference
          .rows(values, 3)
          .reduce(
            (total, row, b) =>
              total +
              (u.data[b] ?? 0) * reference.mean(row) +
              (v.data[b] ?? 0) * reference.variance(row),
            0,
          );
      expectClose('dx', results[2] ?? [], finiteDifferences(objective, x.data), TOLERANCE);
    });
  });
}

describe('gradients', () => {
  for (const axes of [[0], [1], [0, 2], [0, 1, 2]]) {
    test(`of a mean over axes ${axes.join(', ')}`, async ({ gpu }) => {
      const shape = [3, 2, 5];
      const x = random(shape, 7);
      const y = mean(x.tensor, axes);
      const dy = random(y.shape, 8);
      const [dx] = gradients([{ tensor: y, gradient: dy.tensor }], [x.tensor]);
      const [result] = await evaluate(gpu, dx ? [dx] : [], [x, dy]);
      const weights = Array.from(dy.data);
      const share = elementCount(y.shape) / elementCount(shape);
      const objective = (values: number[]) =>
        reference
          .sum(values, shape, axes)
          .reduce((total, value, i) => total + value * share * (weights[i] ?? 0), 0);
      expectClose('dx', result ?? [], finiteDifferences(objective, x.data), TOLERANCE);
    });
  }
});

describe('sumTo', () => {
  const cases: { from: Shape; to: Shape; axes: number[] }[] = [
    { from: [4, 3, 5], to: [5], axes: [0, 1] },
    { from: [4, 3, 5], to: [4, 1, 5], axes: [1] },
    { from: [4, 3, 5], to: [1, 5], axes: [0, 1] },
    { from: [4, 3, 5], to: [3, 1], axes: [0, 2] },
    { from: [4, 3, 5], to: [], axes: [0, 1, 2] },
    { from: [4, 1, 5], to: [1, 5], axes: [0] },
  ];
  for (const { from, to, axes } of cases) {
    test(`[${from.join(', ')}] to [${to.join(', ')}]`, async ({ gpu }) => {
      const x = random(from, 9);
      const y = sumTo(x.tensor, to);
      expect(y.shape).toEqual(to);
      const [result] = await evaluate(gpu, [y], [x]);
      expectClose('sumTo', result ?? [], reference.sum(x.data, from, axes), TOLERANCE);
    });
  }

  test('returns its input where nothing was stretched', () => {
    const { tensor } = random([3, 5], 10);
    expect(sumTo(tensor, [3, 5])).toBe(tensor);
  });
});

test('an axis that is not there is refused by name and shape', () => {
  expect(() => sum(random([3, 5], 11).tensor, [2])).toThrow(ShapeError);
  expect(() => sum(random([3, 5], 11).tensor, [2])).toThrow(/sum: \[3, 5\].*axis 2/);
  expect(() => meanAndVariance(random([3, 1], 12).tensor)).toThrow(ShapeError);
});
