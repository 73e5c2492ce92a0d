import { expect } from 'vitest';
import serial from '../../../shaders/reduce/lanes_serial.wgsl?raw';
import subgroup from '../../../shaders/reduce/lanes_subgroup.wgsl?raw';
import tree from '../../../shaders/reduce/lanes_tree.wgsl?raw';
import { gradients } from '../../../src/graph/differentiate';
import { ROWS_PER_WORKGROUP } from '../../../src/graph/ops/lanes';
import { layerNorm } from '../../../src/graph/ops/layerNorm';
import { add, multiply } from '../../../src/graph/ops/pointwise';
import { constant } from '../../../src/graph/tensor';
import * as reference from '../../reference/layerNorm';
import { weighted } from '../../reference/matmul';
import { expectClose } from '../../support/compare';
import { evaluate, evaluateProgram, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { SUM_CHOICES } from '../../support/optionalKernels';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-5 };
// A row of one value has variance 0: the slope is 1 / sqrt(1e-5), and cancels only to rounding.
const SHAPES = [
  [1, 3],
  [3, 17],
  [17, 129],
  [129, 3],
] as const;

for (const choice of SUM_CHOICES) {
  for (const [rows, width] of SHAPES) {
    test(`${rows} rows of ${width}, ${choice.reduce}`, async ({ gpu }) => {
      const x = feed([rows, width], randomValues(rows * width, rows));
      const dy = feed([rows, width], randomValues(rows * width, width + 1000));
      const y = layerNorm(x.tensor);
      const [dx] = gradients([{ tensor: y, gradient: dy.tensor }], [x.tensor]);
      if (!dx) throw new Error('no gradient');
      const [value, gradient] = await evaluate(gpu, [y, dx], [x, dy], { choice });
      expectClose('y', value ?? [], reference.layerNorm(x.data, rows), TOLERANCE);
      const byRow = (data: ArrayLike<number>, row: number) =>
        Array.from(data).slice(row * width, (row + 1) * width);
      const expected = Array.from({ length: rows }, (_, row) =>
        finiteDifferences(
          (at) => weighted(reference.layerNorm(at, 1), byRow(dy.data, row)),
          byRow(x.data, row),
        ),
      );
      expectClose('dx', gradient ?? [], expected.flat(), { relative: 1e-4 });
    });
  }

  test(`a single value and a constant row give zero, ${choice.reduce}`, async ({ gpu }) => {
    const one = feed([1, 1], [3]);
    const flat = feed([2, 17], new Float32Array(34).fill(0.5));
    const [y, z] = await evaluate(
      gpu,
      [layerNorm(one.tensor), layerNorm(flat.tensor)],
      [one, flat],
      {
        choice,
      },
    );
    expectClose('y', y ?? [], [0], { relative: 0 });
    expectClose('z', z ?? [], new Float32Array(34), { relative: 0, absolute: 1e-3 });
  });
}

test('modulation is fused behind the normalisation', async ({ gpu }) => {
  const [x, scale, shift] = [1, 2, 3].map((seed) => feed([3, 17], randomValues(51, seed)));
  if (!x || !scale || !shift) throw new Error('no input');
  const normal = layerNorm(x.tensor);
  const y = add(multiply(normal, add(scale.tensor, constant(1))), shift.tensor);
  const { results, program } = await evaluateProgram(gpu, [y], [x, scale, shift]);
  const expected = reference
    .layerNorm(x.data, 3)
    .map((value, i) => value * (1 + (scale.data[i] ?? 0)) + (shift.data[i] ?? 0));
  expectClose('y', results[0] ?? [], expected, TOLERANCE);
  expect(program.cost.dispatches).toBe(1);
});

test('workgroups are counted as the lane files say', () => {
  expect(serial).toContain(`const ROWS: u32 = ${ROWS_PER_WORKGROUP.serial}u;`);
  expect(tree).toContain(`const ROWS: u32 = ${ROWS_PER_WORKGROUP.tree}u;`);
  expect(subgroup).toContain(`const ROWS: u32 = ${ROWS_PER_WORKGROUP.subgroup}u;`);
});
