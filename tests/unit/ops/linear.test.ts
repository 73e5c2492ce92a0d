import { expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import { linear } from '../../../src/graph/ops/linear';
import { perPart, type PartCounts } from '../../../src/graph/ops/perPart';
import { gelu } from '../../../src/graph/ops/pointwise';
import { slice } from '../../../src/graph/ops/views';
import { ShapeError, type Shape } from '../../../src/graph/shape';
import * as reference from '../../reference/matmul';
import { expectClose } from '../../support/compare';
import { evaluateProgram, feed, PRODUCT_CHOICES, type Fed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

// A sum of k rounded products, against the largest of the results.
const TOLERANCE = { relative: 1e-5 };

const random = (shape: Shape, seed: number): Fed =>
  feed(
    shape,
    randomValues(
      shape.reduce((product, size) => product * size, 1),
      seed,
    ),
  );

/** x W' + b in float64. */
const layer = (
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
  { m, n, k }: { m: number; n: number; k: number },
): number[] =>
  reference
    .matmul(x, weight, { batch: 1, m, n, k, transposeA: false, transposeB: true })
    .map((value, i) => value + (bias[i % n] ?? NaN));

// Scalar loads; a single column of results; vec4 loads with edges in every tile, and with few columns,
// so that an invocation sums several blocks of rows.
const SIZES: { lead: Shape; k: number; n: number }[] = [
  { lead: [3, 5], k: 3, n: 7 },
  { lead: [9], k: 1, n: 1 },
  { lead: [2, 22], k: 36, n: 132 },
  { lead: [68], k: 4, n: 20 },
  { lead: [1, 4], k: 72, n: 8 },
];

for (const choice of PRODUCT_CHOICES) {
  for (const { lead, k, n } of SIZES) {
    test(`[${lead.join(', ')}, ${k}] to ${n}, ${choice.matmul}`, async ({ gpu }) => {
      const m = lead.reduce((product, size) => product * size, 1);
      const sizes = { m, n, k };
      const x = random([...lead, k], 1);
      const weight = random([n, k], 2);
      const bias = random([n], 3);
      const dy = random([...lead, n], 4);
      const y = linear(x.tensor, weight.tensor, bias.tensor);
      const grads = gradients(
        [{ tensor: y, gradient: dy.tensor }],
        [x.tensor, weight.tensor, bias.tensor],
      );
      const feeds = [x, weight, bias, dy];
      const { results, program } = await evaluateProgram(gpu, [y, ...grads], feeds, { choice });
      const expected = layer(x.data, weight.data, bias.data, sizes);
      expectClose('y', results[0] ?? [], expected, TOLERANCE);

      const product = (a: ArrayLike<number>, b: ArrayLike<number>, of: typeof sizes, t: boolean) =>
        reference.matmul(a, b, { batch: 1, ...of, transposeA: t, transposeB: false });
      const dx = product(dy.data, weight.data, { m, n: k, k: n }, false);
      const dw = product(dy.data, x.data, { m: n, n: k, k: m }, true);
      const db = product(dy.data, new Array<number>(m).fill(1), { m: n, n: 1, k: m }, true);
      expectClose('dx', results[1] ?? [], dx, TOLERANCE);
      expectClose('dw', results[2] ?? [], dw, TOLERANCE);
      expectClose('db', results[3] ?? [], db, TOLERANCE);
      const vec4 = [m, n, k].every((size) => size % 4 === 0);
      expect(program.cost.dispatches).toBe(vec4 ? 2 : 3);
    });
  }
}

for (const [name, lead, k, n] of [
  ['scalar', [5], 6, 7],
  ['vector', [2, 4], 4, 8],
] as const) {
  test(`gradients against finite differences, ${name} loads`, async ({ gpu }) => {
    const sizes = { m: lead.reduce<number>((product, size) => product * size, 1), n, k };
    const x = random([...lead, k], 1);
    const weight = random([n, k], 2);
    const bias = random([n], 3);
    const dy = random([...lead, n], 4);
    const y = gelu(linear(x.tensor, weight.tensor, bias.tensor));
    const wrt = [x.tensor, weight.tensor, bias.tensor];
    const grads = gradients([{ tensor: y, gradient: dy.tensor }], wrt);
    const { results } = await evaluateProgram(gpu, grads, [x, weight, bias, dy]);
    const loss = (a: ArrayLike<number>, w: ArrayLike<number>, b: ArrayLike<number>) =>
      reference.weighted(layer(a, w, b, sizes).map(reference.gelu), dy.data);
    const dx = finiteDifferences((a) => loss(a, weight.data, bias.data), x.data);
    const dw = finiteDifferences((w) => loss(x.data, w, bias.data), weight.data);
    const db = finiteDifferences((b) => loss(x.data, weight.data, b), bias.data);
    expectClose('dx', results[0] ?? [], dx, TOLERANCE);
    expectClose('dw', results[1] ?? [], dw, TOLERANCE);
    expectClose('db', results[2] ?? [], db, TOLERANCE);
  });
}

/** One to four copies, one and several products each, scalar and vec4 loads, edges in every tile. */
const PARTS: { counts: PartCounts; lead: Shape; k: number; n: number }[] = [
  { counts: [3, 1], lead: [4, 5], k: 3, n: 7 },
  { counts: [1, 1], lead: [6, 22], k: 36, n: 132 },
  { counts: [2, 3], lead: [5], k: 8, n: 4 },
  { counts: [2, 1], lead: [3, 68], k: 4, n: 20 },
  { counts: [2], lead: [4], k: 4, n: 8 },
  { counts: [1, 1, 1], lead: [3, 7], k: 5, n: 6 },
  { counts: [2, 2, 1], lead: [5, 66], k: 12, n: 68 },
  { counts: [1, 1, 1, 3], lead: [12], k: 7, n: 3 },
];

for (const choice of PRODUCT_CHOICES) {
  for (const { counts, lead, k, n } of PARTS) {
    const title = `parts ${counts.join(' and ')} of [${lead.join(', ')}, ${k}] to ${n}`;
    test(`${title} with weights of their own, ${choice.matmul}`, async ({ gpu }) => {
      // Each copy's weights and then its bias, one copy after another in one piece of memory.
      const stride = Math.ceil((n * k + n) / 64) * 64;
      const memory = random([counts.length * stride], 1);
      const x = random([...lead, k], 2);
      const span = (size: number, from: number) =>
        slice(memory.tensor, 0, from, (counts.length - 1) * stride + size);
      const weight = perPart(span(n * k, 0), [n, k], stride, counts);
      const bias = perPart(span(n, n * k), [n], stride, counts);
      const copies = counts.flatMap((count, copy) => new Array<number>(count).fill(copy));
      const parts = copies.length;
      expect(weight.shape).toEqual([parts, n, k]);
      const y = gelu(linear(x.tensor, weight, bias));
      expect(y.shape).toEqual([...lead, n]);
      const { results } = await evaluateProgram(gpu, [y], [memory, x], { choice });
      const m = lead.reduce((product, size) => product * size, 1) / parts;
      const expected = copies.map((copy, part) => {
        const begin = copy * stride;
        return layer(
          x.data.slice(part * m * k, (part + 1) * m * k),
          memory.data.slice(begin, begin + n * k),
          memory.data.slice(begin + n * k, begin + n * k + n),
          { m, n, k },
        );
      });
      expectClose('y', results[0] ?? [], expected.flat().map(reference.gelu), TOLERANCE);
    });
  }
}

test('weights of parts are constants, and parts that do not fit are refused', () => {
  const make = (shape: Shape) => random(shape, 1).tensor;
  const memory = make([70]);
  const weight = perPart(memory, [2, 3], 64, [1, 1]);
  const bias = perPart(make([66]), [2], 64, [1, 1]);
  const [x, dy] = [make([4, 3]), make([4, 2])];
  const y = linear(x, weight, bias);
  expect(() => gradients([{ tensor: y, gradient: dy }], [memory])).toThrow(/no gradient/);
  expect(() => linear(make([3, 3]), weight, bias)).toThrow(/2 parts of its first axis/);
  expect(() => linear(x, weight, make([2]))).toThrow(/\(parts, out, in\)/);
  expect(() => perPart(make([69]), [2, 3], 64, [1, 1])).toThrow(/2 copies, 64 apart, do not fit/);
  expect(() => perPart(make([133]), [2, 3], 64, [1, 1, 1])).toThrow(/3 copies, 64 apart/);
  expect(() => perPart(make([134]), [2, 3], 64, [1, 2, 1])).toThrow(/for 1, 2, 1 parts/);
  expect(() => perPart(memory, [2, 3], 64, [1, 0])).toThrow(/for 1, 0 parts/);
});

test('the gradient of the bias alone', async ({ gpu }) => {
  const x = random([5, 6], 1);
  const weight = random([7, 6], 2);
  const bias = random([7], 3);
  const dy = random([5, 7], 4);
  const y = linear(x.tensor, weight.tensor, bias.tensor);
  const grads = gradients([{ tensor: y, gradient: dy.tensor }], [bias.tensor]);
  const { results } = await evaluateProgram(gpu, grads, [x, weight, bias, dy]);
  const sums = Array.from({ length: 7 }, (_, n) =>
    Array.from({ length: 5 }, (_, m) => dy.data[m * 7 + n] ?? NaN).reduce((a, b) => a + b),
  );
  expectClose('db', results[0] ?? [], sums, TOLERANCE);
});

test('refuses a bias of another length, and weights of more than two axes', () => {
  const make = (shape: Shape) => random(shape, 1).tensor;
  expect(() => linear(make([2, 3]), make([4, 3]), make([3]))).toThrow(/linear: \[4, 3\] and \[3\]/);
  expect(() => linear(make([2, 2, 3]), make([2, 4, 3]), make([4]))).toThrow(ShapeError);
});
