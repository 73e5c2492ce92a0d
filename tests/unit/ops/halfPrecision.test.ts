import { describe, expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import { linear } from '../../../src/graph/ops/linear';
import { matmul } from '../../../src/graph/ops/matmul';
import { perPart } from '../../../src/graph/ops/perPart';
import { add, gelu, multiply } from '../../../src/graph/ops/pointwise';
import { slice } from '../../../src/graph/ops/views';
import { planProgram } from '../../../src/graph/plan/plan';
import { SettingsLayout } from '../../../src/graph/plan/settings';
import { elementCount, type Shape } from '../../../src/graph/shape';
import { variable, type Tensor } from '../../../src/graph/tensor';
import * as reference from '../../reference/matmul';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { HALF_CHOICES } from '../../support/optionalKernels';
import { randomValues } from '../../support/random';

const HALF = { matmul: 'halfTiled', reduce: 'tree' } as const;

const random = (shape: Shape, seed: number) => feed(shape, randomValues(elementCount(shape), seed));

/**
 * With u = 2^-11, what rounding to half precision may change relatively: each operand is rounded once
 * (2u), each product once (1u), and in a run of four products three additions are (3u). Those of the
 * runs are in f32. So each result is within 6u of the sum of its products' magnitudes.
 */
const HALF_RELATIVE = 6 * 2 ** -11;

/** Fails unless every result is as near as half precision allows, and none is as near as f32 would be. */
const expectHalf = (
  actual: Float32Array | undefined,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  sizes: reference.MatmulSizes,
): void => {
  const magnitude = (values: ArrayLike<number>) => Array.from(values, Math.abs);
  const expected = reference.matmul(a, b, sizes);
  const bounds = reference.matmul(magnitude(a), magnitude(b), sizes);
  const errors = expected.map((value, i) => Math.abs((actual?.[i] ?? NaN) - value));
  expect(actual?.length).toBe(expected.length);
  errors.forEach((error, i) => {
    expect(error, `element ${i}`).toBeLessThanOrEqual(HALF_RELATIVE * (bounds[i] ?? NaN));
  });
  expect(Math.max(...errors)).toBeGreaterThan(1e-5 * Math.max(...expected.map(Math.abs)));
};

/** The sources of a graph's kernels under the choice of half precision. */
const sourcesOf = (outputs: readonly Tensor[], exact = false): string[] =>
  planProgram(
    {
      name: 'test',
      exact,
      assign: outputs.map((value) => ({ variable: variable('out', value.shape), value })),
    },
    HALF,
    new SettingsLayout(),
  ).dispatches.map(({ kernel }) => kernel.source);

describe('the source of a product in half precision', () => {
  const [x, weight, bias, dy] = [[8, 4], [12, 4], [12], [8, 12]].map(
    (shape, seed) => random(shape, seed).tensor,
  );
  if (!x || !weight || !bias || !dy) throw new Error('no input');

  test('begins with the directive that it needs', () => {
    const [source] = sourcesOf([gelu(linear(x, weight, bias))]);
    expect(source).toMatch(/^enable f16;\n/);
    expect(source).toContain('alias Kept = f16;');
  });

  test('is that of f32 for gradients', () => {
    const wrt = [x, weight, bias];
    const products = [linear(x, weight, bias), matmul(x, weight, { transposeB: true })];
    for (const product of products) {
      const seeds = [{ tensor: product, gradient: dy }];
      const sources = sourcesOf(gradients(seeds, product === products[0] ? wrt : [x, weight]));
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) expect(source).not.toMatch(/enable|Kept = f16/);
    }
  });

  test('is that of f32 in an exact program, and for sizes without vec4', () => {
    const odd = matmul(random([3, 5], 1).tensor, random([5, 7], 2).tensor);
    for (const source of [...sourcesOf([linear(x, weight, bias)], true), ...sourcesOf([odd])]) {
      expect(source).not.toMatch(/enable|Kept = f16/);
    }
  });
});

const SIZES = [
  { batch: 2, m: 132, n: 36, k: 44 },
  { batch: 1, m: 4, n: 4, k: 4 },
  // So many that the large tile is taken.
  { batch: 256, m: 4, n: 4, k: 36 },
];

// Declared where the adapter has half precision; the tests above and those of tuning hold everywhere.
for (const choice of HALF_CHOICES) {
  describe('products in half precision', () => {
    for (const [transposeA, transposeB] of [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ] as const) {
      for (const { batch, m, n, k } of SIZES) {
        const form = `${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`;
        test(`${form} ${batch} x (${m}, ${n}, ${k})`, async ({ gpu }) => {
          const a = random(transposeA ? [batch, k, m] : [batch, m, k], 1);
          const b = random(transposeB ? [batch, n, k] : [batch, k, n], 2);
          const c = matmul(a.tensor, b.tensor, { transposeA, transposeB });
          const [result] = await evaluate(gpu, [c], [a, b], { choice });
          expectHalf(result, a.data, b.data, { batch, m, n, k, transposeA, transposeB });
        });
      }
    }

    test('sizes without vec4 are multiplied in f32', async ({ gpu }) => {
      const sizes = { batch: 1, m: 17, n: 3, k: 5, transposeA: false, transposeB: false };
      const [a, b] = [random([17, 5], 1), random([5, 3], 2)];
      const [c] = await evaluate(gpu, [matmul(a.tensor, b.tensor)], [a, b], { choice });
      expectClose('C', c ?? [], reference.matmul(a.data, b.data, sizes), { relative: 1e-5 });
    });

    test('bias, activation and residual are fused behind them in f32', async ({ gpu }) => {
      const [m, n, k] = [20, 12, 36];
      const [x, weight] = [random([m, k], 1), random([n, k], 2)];
      const [bias, residual] = [random([n], 3), random([m, n], 4)];
      const y = add(residual.tensor, gelu(linear(x.tensor, weight.tensor, bias.tensor)));
      const [result] = await evaluate(gpu, [y], [x, weight, bias, residual], { choice });
      const sizes = { batch: 1, m, n, k, transposeA: false, transposeB: true };
      const product = reference.matmul(x.data, weight.data, sizes);
      const expected = product.map(
        (value, i) => (residual.data[i] ?? NaN) + reference.gelu(value + (bias.data[i % n] ?? NaN)),
      );
      expectClose('y', result ?? [], expected, { relative: HALF_RELATIVE });
    });

    test('weights of parts are each read where they lie', async ({ gpu }) => {
      const [m, n, k] = [8, 12, 16];
      const stride = 256;
      const memory = random([2 * stride], 1);
      const x = random([2, m, k], 2);
      const end = stride + n * k;
      const weight = perPart(slice(memory.tensor, 0, 0, end), [n, k], stride, [1, 1]);
      const bias = perPart(slice(memory.tensor, 0, n * k, stride + n), [n], stride, [1, 1]);
      const [y] = await evaluate(gpu, [linear(x.tensor, weight, bias)], [memory, x], { choice });
      const sizes = { batch: 1, m, n, k, transposeA: false, transposeB: true };
      const expected = [0, 1].flatMap((part) => {
        const rows = x.data.slice(part * m * k, (part + 1) * m * k);
        const own = memory.data.slice(part * stride, part * stride + n * k + n);
        return reference
          .matmul(rows, own.slice(0, n * k), sizes)
          .map((value, i) => value + (own[n * k + (i % n)] ?? NaN));
      });
      expectClose('y', y ?? [], expected, { relative: HALF_RELATIVE });
    });

    test('gradients far below half precision keep all their digits', async ({ gpu }) => {
      const [m, n, k] = [20, 12, 36];
      const [x, weight, bias] = [random([m, k], 1), random([n, k], 2), random([n], 3)];
      const dy = feed(
        [m, n],
        randomValues(m * n, 4).map((value) => 1e-10 * value),
      );
      const wrt = [x.tensor, weight.tensor, bias.tensor];
      const y = linear(x.tensor, weight.tensor, bias.tensor);
      const grads = gradients([{ tensor: y, gradient: dy.tensor }], wrt);
      const feeds = [x, weight, bias, dy];
      const [dx, dw, db] = await evaluate(gpu, grads, feeds, { choice });
      const of = (transposeA: boolean, sizes: { m: number; n: number; k: number }) => ({
        ...{ batch: 1, transposeA, transposeB: false },
        ...sizes,
      });
      const wantedX = reference.matmul(dy.data, weight.data, of(false, { m, n: k, k: n }));
      const wantedW = reference.matmul(dy.data, x.data, of(true, { m: n, n: k, k: m }));
      const ones = new Array<number>(m).fill(1);
      const wantedB = reference.matmul(dy.data, ones, of(true, { m: n, n: 1, k: m }));
      expectClose('dx', dx ?? [], wantedX, { relative: 1e-5 });
      expectClose('dw', dw ?? [], wantedW, { relative: 1e-5 });
      expectClose('db', db ?? [], wantedB, { relative: 1e-5 });
    });

    test('numbers beyond its range are not finite, so that they are noticed', async ({ gpu }) => {
      const [x, w] = [feed([4, 4], new Float32Array(16).fill(1e6)), random([4, 4], 1)];
      const [y] = await evaluate(gpu, [multiply(matmul(x.tensor, w.tensor), 1)], [x, w], {
        choice,
      });
      expect(y?.some(Number.isFinite)).toBe(false);
    });
  });
}
