import { expect } from 'vitest';
import anySource from '../../../shaders/linalg/matmul_any.wgsl?raw';
import blockedSource from '../../../shaders/linalg/matmul_blocked.wgsl?raw';
import lanesFile from '../../../shaders/linalg/lanes.wgsl?raw';
import { gradients } from '../../../src/graph/differentiate';
import { matmul } from '../../../src/graph/ops/matmul';
import { add, gelu, multiply, silu } from '../../../src/graph/ops/pointwise';
import { lanesTile, MATMUL_TILES } from '../../../src/graph/ops/tiles';
import { reshape } from '../../../src/graph/ops/views';
import { ShapeError, type Shape } from '../../../src/graph/shape';
import type { Tensor } from '../../../src/graph/tensor';
import * as reference from '../../reference/matmul';
import { expectClose } from '../../support/compare';
import { evaluate, evaluateProgram, feed, PRODUCT_CHOICES, type Fed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

// A sum of k rounded products, against the largest of the results.
const TOLERANCE = { relative: 1e-5 };

const TRANSPOSES = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

const random = (shape: Shape, seed: number): Fed =>
  feed(
    shape,
    randomValues(
      shape.reduce((product, size) => product * size, 1),
      seed,
    ),
  );

/** Both operands of a product of batches, as they are stored. */
const operands = ({
  batch,
  m,
  n,
  k,
  transposeA,
  transposeB,
}: reference.MatmulSizes): { a: Fed; b: Fed } => ({
  a: random(transposeA ? [batch, k, m] : [batch, m, k], 1),
  b: random(transposeB ? [batch, n, k] : [batch, k, n], 2),
});

// The first of each needs scalar loads, the second allows vec4 loads and has edges in every tile.
const SIZES = [
  { batch: 3, m: 17, n: 3, k: 1 },
  { batch: 2, m: 132, n: 36, k: 44 },
];

for (const choice of PRODUCT_CHOICES) {
  for (const [transposeA, transposeB] of TRANSPOSES) {
    const form = `${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`;
    for (const sizes of SIZES.map((size) => ({ ...size, transposeA, transposeB }))) {
      const { batch, m, n, k } = sizes;
      test(`${form} ${batch} x (${m}, ${n}, ${k}), ${choice.matmul}`, async ({ gpu }) => {
        const { a, b } = operands(sizes);
        const c = matmul(a.tensor, b.tensor, { transposeA, transposeB });
        expect(c.shape).toEqual([batch, m, n]);
        const [result] = await evaluate(gpu, [c], [a, b], { choice });
        expectClose('C', result ?? [], reference.matmul(a.data, b.data, sizes), TOLERANCE);
      });
    }
  }

  test(`odd and tiny sizes, ${choice.matmul}`, async ({ gpu }) => {
    const cases = [
      [1, 1, 1],
      [129, 17, 3],
      [3, 129, 17],
      [17, 4, 129],
      [1, 4, 8],
      [129, 128, 4],
    ].map(([m = 1, n = 1, k = 1]) => {
      const sizes = { batch: 1, m, n, k, transposeA: false, transposeB: true };
      return { sizes, ...operands(sizes) };
    });
    const results = await evaluate(
      gpu,
      cases.map(({ a, b }) => matmul(a.tensor, b.tensor, { transposeB: true })),
      cases.flatMap(({ a, b }) => [a, b]),
      { choice },
    );
    cases.forEach(({ sizes, a, b }, i) => {
      const name = `(${sizes.m}, ${sizes.n}, ${sizes.k})`;
      const expected = reference.matmul(a.data, b.data, sizes);
      expectClose(name, results[i] ?? [], expected, TOLERANCE);
    });
  });
}

for (const [transposeA, transposeB] of TRANSPOSES) {
  test(`gradients, transposes ${transposeA}, ${transposeB}`, async ({ gpu }) => {
    const sizes = { batch: 2, m: 3, n: 5, k: 4, transposeA, transposeB };
    const { a, b } = operands(sizes);
    const dc = random([2, 3, 5], 3);
    const c = matmul(a.tensor, b.tensor, { transposeA, transposeB });
    const grads = gradients([{ tensor: c, gradient: dc.tensor }], [a.tensor, b.tensor]);
    const [da, db] = await evaluate(gpu, grads, [a, b, dc]);
    const loss = (x: ArrayLike<number>, y: ArrayLike<number>) =>
      reference.weighted(reference.matmul(x, y, sizes), dc.data);
    const expectedA = finiteDifferences((x) => loss(x, b.data), a.data);
    const expectedB = finiteDifferences((y) => loss(a.data, y), b.data);
    expectClose('dA', da ?? [], expectedA, TOLERANCE);
    expectClose('dB', db ?? [], expectedB, TOLERANCE);
  });
}

for (const transposeB of [false, true]) {
  test(`one matrix for all rows, transposeB ${transposeB}`, async ({ gpu }) => {
    const x = random([2, 3, 4], 1);
    const w = random(transposeB ? [5, 4] : [4, 5], 2);
    const dy = random([2, 3, 5], 3);
    const y = matmul(x.tensor, w.tensor, { transposeB });
    expect(y.shape).toEqual([2, 3, 5]);
    const grads = gradients([{ tensor: y, gradient: dy.tensor }], [x.tensor, w.tensor]);
    const { results, program } = await evaluateProgram(gpu, [y, ...grads], [x, w, dy]);
    const sizes = { batch: 2, m: 3, n: 5, k: 4, transposeA: false, transposeB, sharedB: true };
    const product = (a: ArrayLike<number>, b: ArrayLike<number>) => reference.matmul(a, b, sizes);
    const loss = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      reference.weighted(product(a, b), dy.data);
    const dx = finiteDifferences((a) => loss(a, w.data), x.data);
    const dw = finiteDifferences((b) => loss(x.data, b), w.data);
    expectClose('y', results[0] ?? [], product(x.data, w.data), TOLERANCE);
    expectClose('dx', results[1] ?? [], dx, TOLERANCE);
    expectClose('dw', results[2] ?? [], dw, TOLERANCE);
    expect(program.cost.dispatches).toBe(3);
  });
}

test('bias, activation, gate and residual are fused behind the product', async ({ gpu }) => {
  const [samples, tokens, k, n] = [2, 4, 8, 12];
  const x = random([samples, tokens, k], 1);
  const w = random([n, k], 2);
  const bias = random([n], 3);
  const gate = random([samples, n], 4);
  const residual = random([samples, tokens, n], 5);
  const linear = () => add(matmul(x.tensor, w.tensor, { transposeB: true }), bias.tensor);
  const sizes = { batch: 1, m: samples * tokens, n, k, transposeA: false, transposeB: true };
  const plain = reference
    .matmul(x.data, w.data, sizes)
    .map((value, i) => value + (bias.data[i % n] ?? NaN));

  const gated = (y: Tensor) =>
    add(residual.tensor, multiply(reshape(gate.tensor, [samples, 1, n]), y));
  const expectedGated = plain.map((value, i) => {
    const sample = Math.floor(i / (tokens * n));
    return (residual.data[i] ?? NaN) + (gate.data[sample * n + (i % n)] ?? NaN) * value;
  });
  const cases: [string, Tensor, number[], Fed[]][] = [
    ['bias', linear(), plain, []],
    ['bias and GELU', gelu(linear()), plain.map(reference.gelu), []],
    ['bias and SiLU', silu(linear()), plain.map(reference.silu), []],
    ['bias, gate and residual', gated(linear()), expectedGated, [gate, residual]],
  ];
  for (const [name, tensor, expected, more] of cases) {
    const run = await evaluateProgram(gpu, [tensor], [x, w, bias, ...more]);
    expectClose(name, run.results[0] ?? [], expected, TOLERANCE);
    expect(run.program.cost.dispatches, name).toBe(1);
  }
});

test('a large product takes the large tile, a small one the small', () => {
  const tile = (m: number, n: number) => {
    const { lowering } = matmul(random([m, 4], 1).tensor, random([4, n], 1).tensor);
    if (lowering.kind !== 'kernel') throw new Error('no kernel');
    const [dispatch] = lowering.kernel.dispatches({ matmul: 'tiled', reduce: 'tree' });
    return /const TILE: u32 = (\d+)u;/.exec(dispatch?.source ?? '')?.[1];
  };
  expect(tile(1024, 1024)).toBe('64');
  expect(tile(128, 128)).toBe('32');
});

test('the large tile computes the same', async ({ gpu }) => {
  const sizes = { batch: 256, m: 4, n: 4, k: 36, transposeA: false, transposeB: true };
  const { a, b } = operands(sizes);
  const [c] = await evaluate(gpu, [matmul(a.tensor, b.tensor, { transposeB: true })], [a, b], {
    choice: { matmul: 'tiled', reduce: 'tree' },
  });
  expectClose('C', c ?? [], reference.matmul(a.data, b.data, sizes), TOLERANCE);
});

test('refuses sizes that do not fit, naming both shapes', () => {
  const make = (shape: Shape) => random(shape, 1).tensor;
  const refuses = (a: Shape, b: Shape, transposeA = false) =>
    expect(() => matmul(make(a), make(b), { transposeA }));
  refuses([2, 3], [4, 5]).toThrow(/matmul: \[2, 3\] and \[4, 5\].*3 columns.*4 rows/);
  refuses([3], [3, 5]).toThrow(ShapeError);
  refuses([2, 4, 3], [3, 3, 5]).toThrow(/leading axes differ/);
  refuses([2, 3, 4], [3, 5], true).toThrow(/leading axes/);
});

test('workgroups cover what the kernels compute', () => {
  expect(anySource).toContain('@workgroup_size(8, 8)');
  expect(anySource).toContain('const BLOCK: u32 = 4u;');
  expect(MATMUL_TILES.any).toEqual({ m: 8 * 4, n: 8 * 4 });
  expect(blockedSource).toContain('@workgroup_size(4, 4)');
  expect(blockedSource).toContain('const ROWS: u32 = 16u;');
  expect(blockedSource).toContain('const COLUMNS: u32 = 8u;');
  expect(MATMUL_TILES.blocked).toEqual({ m: 4 * 16, n: 4 * 8 });
  expect(lanesFile).toContain('const ROWS: u32 = 2u * LANES;');
  expect(lanesFile).toContain('const COLUMNS: u32 = 4u;');
  expect(lanesTile(8)).toEqual({ m: 2 * 8, n: 8 * 4 });
});
