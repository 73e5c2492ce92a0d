import { describe, expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import { layerNorm } from '../../../src/graph/ops/layerNorm';
import { matmul } from '../../../src/graph/ops/matmul';
import {
  absolute,
  add,
  divide,
  exp,
  gelu,
  log,
  minimum,
  multiply,
  sigmoid,
  silu,
  softplus,
  sqrt,
  square,
  subtract,
} from '../../../src/graph/ops/pointwise';
import { mean, meanAndVariance, sum } from '../../../src/graph/ops/reduce';
import {
  broadcastTo,
  concat,
  detach,
  pad,
  permute,
  reshape,
  slice,
} from '../../../src/graph/ops/views';
import { ShapeError } from '../../../src/graph/shape';
import { constant, type Tensor } from '../../../src/graph/tensor';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-5 };
/** Values in [0.5, 1.5], where no function used here has a pole or a kink. */
const positive = (count: number, seed: number): Float32Array =>
  randomValues(count, seed).map((value) => 1 + value / 7.5);

type Rows = (values: readonly number[], width: number) => number[][];
const rows: Rows = (values, width) =>
  Array.from({ length: values.length / width }, (_, r) => values.slice(r * width, (r + 1) * width));
const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const at = (values: ArrayLike<number>, index: number): number => values[index] ?? NaN;

/** A scalar of x, as a graph and in float64. */
interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly graph: (x: Tensor) => Tensor;
  readonly twin: (x: number[]) => number;
}

const sigmoidOf = (x: number): number => 1 / (1 + Math.exp(-x));
const geluOf = (x: number): number =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

const cases: Case[] = [
  {
    name: 'broadcasts along leading, trailing and both axes',
    shape: [3, 4],
    graph: (x) => {
      const row = slice(x, 0, 1, 1);
      const column = slice(x, 1, 2, 1);
      return sum(multiply(subtract(multiply(x, row), divide(column, 2)), add(row, column)));
    },
    twin: (x) =>
      total(
        x.map((value, i) => {
          const row = at(x, 4 + (i % 4));
          const column = at(x, 4 * Math.floor(i / 4) + 2);
          return (value * row - column / 2) * (row + column);
        }),
      ),
  },
  {
    name: 'slices, pads and concatenations that overlap',
    shape: [2, 5],
    graph: (x) => {
      const middle = slice(x, 1, 1, 3);
      const joined = concat([middle, square(x), slice(x, 1, 4, 1)], 1);
      return sum(multiply(joined, pad(multiply(middle, x.shape[1] ?? 1), 1, 4, 9)));
    },
    twin: (x) =>
      total(
        rows(x, 5).map((row) => {
          const middle = row.slice(1, 4);
          const joined = [...middle, ...row.map((v) => v * v), at(row, 4)];
          const padded = [0, 0, 0, 0, ...middle.map((v) => 5 * v), 0, 0];
          return total(joined.map((v, i) => v * at(padded, i)));
        }),
      ),
  },
  {
    name: 'views of views',
    shape: [2, 3, 4],
    graph: (x) => {
      const turned = reshape(permute(x, [2, 0, 1]), [8, 3]);
      return sum(multiply(square(turned), broadcastTo(slice(turned, 0, 5, 1), [8, 3])));
    },
    twin: (x) => {
      // Row 2 c + a of the turned tensor holds x[a, :, c].
      const turned = Array.from({ length: 8 }, (_, r) =>
        [0, 1, 2].map((b) => at(x, (r % 2) * 12 + b * 4 + Math.floor(r / 2))),
      );
      return total(turned.flatMap((row) => row.map((v, b) => v * v * at(turned[5] ?? [], b))));
    },
  },
  {
    name: 'reductions inside and outside',
    shape: [4, 3],
    graph: (x) => {
      const centred = subtract(x, mean(x, [1], { keepAxes: true }));
      const { variance } = meanAndVariance(multiply(x, sum(x, [0])));
      return add(sum(sqrt(variance)), sum(exp(centred)));
    },
    twin: (x) => {
      const table = rows(x, 3);
      const columns = [0, 1, 2].map((c) => total(table.map((row) => at(row, c))));
      return total(
        table.map((row) => {
          const scaled = row.map((v, c) => v * at(columns, c));
          const center = total(scaled) / 3;
          const variance = total(scaled.map((v) => (v - center) ** 2)) / 2;
          const m = total(row) / 3;
          return Math.sqrt(variance) + total(row.map((v) => Math.exp(v - m)));
        }),
      );
    },
  },
  {
    name: 'one value read by many, and sums of shared parts',
    shape: [7],
    graph: (x) => {
      const shared = silu(x);
      const both = multiply(shared, softplus(shared));
      const parts = [both, log(shared), gelu(both), sigmoid(x), divide(1, shared), absolute(x)];
      return sum(parts.reduce((a, b) => add(a, b)));
    },
    twin: (x) =>
      total(
        x.map((v) => {
          const shared = v * sigmoidOf(v);
          const both = shared * Math.log1p(Math.exp(shared));
          return both + Math.log(shared) + geluOf(both) + sigmoidOf(v) + 1 / shared + Math.abs(v);
        }),
      ),
  },
  {
    name: 'products of a tensor with itself, normalised',
    shape: [3, 3],
    graph: (x) => {
      const y = layerNorm(matmul(x, x, { transposeB: true }));
      return sum(multiply(y, matmul(y, x)));
    },
    twin: (x) => {
      const table = rows(x, 3);
      const product = table.map((a) => table.map((b) => total(a.map((v, i) => v * at(b, i)))));
      const y = product.map((row) => {
        const m = total(row) / 3;
        const s = Math.sqrt(total(row.map((v) => (v - m) ** 2)) / 3 + 1e-5);
        return row.map((v) => (v - m) / s);
      });
      return total(
        y.flatMap((row) =>
          row.map((v, c) => v * total(row.map((w, k) => w * at(table[k] ?? [], c)))),
        ),
      );
    },
  },
];

describe('gradients equal finite differences of', () => {
  for (const { name, shape, graph, twin } of cases) {
    test(name, async ({ gpu }) => {
      const count = shape.reduce((a, b) => a * b, 1);
      const x = feed(shape, positive(count, 3));
      const loss = graph(x.tensor);
      const [dx] = gradients([{ tensor: loss, gradient: constant(1) }], [x.tensor]);
      if (!dx) throw new Error('no gradient');
      const [value, gradient] = await evaluate(gpu, [loss, dx], [x]);
      expectClose('loss', value ?? [], [twin([...x.data])], TOLERANCE);
      expectClose('dx', gradient ?? [], finiteDifferences(twin, x.data), { relative: 5e-5 });
    });
  }
});

test('reaches through one wanted tensor to another that it depends on', async ({ gpu }) => {
  const x = feed([3], [1, 2, 3]);
  const y = square(multiply(x.tensor, 2));
  const loss = sum(multiply(square(y), x.tensor));
  const wanted = gradients([{ tensor: loss, gradient: constant(1) }], [y, x.tensor]);
  const [dy, dx] = await evaluate(gpu, wanted, [x]);
  // L = x y^2 with y = 4 x^2, so L = 16 x^5.
  expectClose('dL/dy', dy ?? [], [8, 64, 216], TOLERANCE);
  expectClose('dL/dx', dx ?? [], [80, 1280, 6480], TOLERANCE);
});

test('nothing passes a detached tensor', async ({ gpu }) => {
  const x = feed([3], [1, 2, 3]);
  const loss = sum(multiply(detach(square(x.tensor)), x.tensor));
  const wanted = gradients([{ tensor: loss, gradient: constant(1) }], [x.tensor]);
  const [value, dx] = await evaluate(gpu, [loss, ...wanted], [x]);
  expectClose('loss', value ?? [], [36], TOLERANCE);
  expectClose('dx', dx ?? [], [1, 4, 9], TOLERANCE);
});

test('several seeds add up', async ({ gpu }) => {
  const x = feed([2], [3, 5]);
  const [a, b] = [square(x.tensor), multiply(x.tensor, 7)];
  const wanted = gradients(
    [
      { tensor: a, gradient: x.tensor },
      { tensor: b, gradient: constant(1) },
    ].map(({ tensor, gradient }) => ({ tensor, gradient: broadcastTo(gradient, [2]) })),
    [x.tensor],
  );
  const [dx] = await evaluate(gpu, wanted, [x]);
  expectClose('dx', dx ?? [], [25, 57], TOLERANCE);
});

test('a chain of twenty thousand operations does not exhaust the stack', () => {
  const x = feed([1], [1]).tensor;
  let y = x;
  for (let i = 0; i < 20_000; i++) y = add(y, x);
  expect(gradients([{ tensor: y, gradient: broadcastTo(constant(1), [1]) }], [x])).toHaveLength(1);
});

describe('refuses', () => {
  const x = feed([3], [1, 2, 3]).tensor;
  const other = feed([3], [1, 2, 3]).tensor;
  const one = constant(1);

  test('a parameter on which the loss does not depend', () => {
    expect(() => gradients([{ tensor: sum(x), gradient: one }], [x, other])).toThrow(
      new ShapeError('The loss does not depend on read.'),
    );
  });

  test('a seed of another shape, with both shapes', () => {
    expect(() => gradients([{ tensor: square(x), gradient: one }], [x])).toThrow(
      'gradient of square: [3] and []: differ.',
    );
  });

  test('an operation without a gradient, by its name', () => {
    expect(() => gradients([{ tensor: sum(minimum(x, 2)), gradient: one }], [x])).toThrow(
      'minimum has no gradient.',
    );
  });
});
