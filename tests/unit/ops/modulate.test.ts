import { expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import { modulate } from '../../../src/graph/ops/modulate';
import { ShapeError, type Shape } from '../../../src/graph/shape';
import { layerNorm } from '../../reference/layerNorm';
import { weighted } from '../../reference/matmul';
import { expectClose } from '../../support/compare';
import { evaluateProgram, feed, KERNEL_CHOICES, type Fed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const random = (shape: Shape, seed: number): Fed =>
  feed(
    shape,
    randomValues(
      shape.reduce((product, size) => product * size, 1),
      seed,
    ),
  );

/** LN(x) (1 + scale) + shift in float64. */
const modulated = (
  x: ArrayLike<number>,
  shift: ArrayLike<number>,
  scale: ArrayLike<number>,
  [batch, tokens, width]: readonly [number, number, number],
): number[] =>
  layerNorm(x, batch * tokens).map((value, i) => {
    const at = Math.floor(i / (tokens * width)) * width + (i % width);
    return value * (1 + (scale[at] ?? NaN)) + (shift[at] ?? NaN);
  });

const SHAPES = [
  [1, 1, 3],
  [3, 5, 7],
  [2, 4, 17],
] as const;

for (const choice of KERNEL_CHOICES) {
  for (const shape of SHAPES) {
    test(`[${shape.join(', ')}] and its gradients, ${choice.reduce}`, async ({ gpu }) => {
      const [batch, , width] = shape;
      const x = random(shape, 1);
      const shift = random([batch, 1, width], 2);
      const scale = random([batch, 1, width], 3);
      const dy = random(shape, 4);
      const y = modulate(x.tensor, shift.tensor, scale.tensor);
      const wrt = [x.tensor, shift.tensor, scale.tensor];
      const grads = gradients([{ tensor: y, gradient: dy.tensor }], wrt);
      const feeds = [x, shift, scale, dy];
      const { results } = await evaluateProgram(gpu, [y, ...grads], feeds, { choice });
      const expected = modulated(x.data, shift.data, scale.data, shape);
      expectClose('y', results[0] ?? [], expected, { relative: 1e-5 });

      const loss = (a: ArrayLike<number>, b: ArrayLike<number>, c: ArrayLike<number>) =>
        weighted(modulated(a, b, c, shape), dy.data);
      const dx = finiteDifferences((a) => loss(a, shift.data, scale.data), x.data);
      const dshift = finiteDifferences((b) => loss(x.data, b, scale.data), shift.data);
      const dscale = finiteDifferences((c) => loss(x.data, shift.data, c), scale.data);
      expectClose('dx', results[1] ?? [], dx, { relative: 1e-4 });
      expectClose('dshift', results[2] ?? [], dshift, { relative: 1e-5 });
      expectClose('dscale', results[3] ?? [], dscale, { relative: 1e-5 });
    });
  }
}

test('forward is one dispatch, and so are both sums over the tokens', async ({ gpu }) => {
  const shape = [2, 4, 8];
  const [x, dy] = [random(shape, 1), random(shape, 4)];
  const [shift, scale] = [random([2, 1, 8], 2), random([2, 1, 8], 3)];
  const y = modulate(x.tensor, shift.tensor, scale.tensor);
  const forward = await evaluateProgram(gpu, [y], [x, shift, scale]);
  expect(forward.program.cost.dispatches).toBe(1);
  const sums = gradients([{ tensor: y, gradient: dy.tensor }], [shift.tensor, scale.tensor]);
  const backward = await evaluateProgram(gpu, sums, [x, shift, scale, dy]);
  // LayerNorm, and both sums.
  expect(backward.program.cost.dispatches).toBe(2);
});

test('refuses what is not of each sample', () => {
  const make = (shape: Shape) => random(shape, 1).tensor;
  const x = make([2, 4, 8]);
  expect(() => modulate(x, make([2, 1, 8]), make([1, 1, 8]))).toThrow(ShapeError);
  expect(() => modulate(x, make([8]), make([2, 1, 8]))).toThrow(/modulate: \[2, 4, 8\] and \[8\]/);
});
