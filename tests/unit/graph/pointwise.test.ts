import { describe, expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import {
  absolute,
  divide,
  exp,
  gelu,
  log,
  minimum,
  negate,
  sigmoid,
  sign,
  silu,
  softplus,
  sqrt,
  square,
  where,
} from '../../../src/graph/ops/pointwise';
import { broadcastTo } from '../../../src/graph/ops/views';
import { constant, type Tensor } from '../../../src/graph/tensor';
import { evaluate, feed } from '../../support/evaluate';
import { test } from '../../support/gpu';

/** A function, its derivative in float64, and where to look. */
interface Case {
  readonly name: string;
  readonly graph: (x: Tensor) => Tensor;
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
  readonly at: readonly number[];
}

const everywhere = [0, 1e-4, -1e-4, 0.3, -0.3, 1, -1, 3, -3, 9, -9, 30, -30, 100, -100, 1e4, -1e4];
const above0 = [1e-6, 0.01, 0.5, 1, 2, 10, 1e4, 1e8];
const sigmoidOf = (x: number): number => (x < 0 ? Math.exp(x) : 1) / (1 + Math.exp(-Math.abs(x)));
const cubic = (x: number): number => Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);

const cases: Case[] = [
  { name: 'negate', graph: negate, value: (x) => -x, derivative: () => -1, at: everywhere },
  { name: 'square', graph: square, value: (x) => x * x, derivative: (x) => 2 * x, at: everywhere },
  {
    name: 'sqrt',
    graph: sqrt,
    value: Math.sqrt,
    derivative: (x) => 0.5 / Math.sqrt(x),
    at: above0,
  },
  { name: 'exp', graph: exp, value: Math.exp, derivative: Math.exp, at: [0, 1, -1, 20, -20, -80] },
  { name: 'log', graph: log, value: Math.log, derivative: (x) => 1 / x, at: above0 },
  { name: 'absolute', graph: absolute, value: Math.abs, derivative: Math.sign, at: everywhere },
  {
    name: 'sigmoid',
    graph: sigmoid,
    value: sigmoidOf,
    derivative: (x) => sigmoidOf(x) * sigmoidOf(-x),
    at: everywhere,
  },
  {
    name: 'softplus',
    graph: softplus,
    value: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    derivative: sigmoidOf,
    at: everywhere,
  },
  {
    name: 'silu',
    graph: silu,
    value: (x) => x * sigmoidOf(x),
    derivative: (x) => sigmoidOf(x) * (1 + x * sigmoidOf(-x)),
    at: everywhere,
  },
  {
    name: 'gelu',
    graph: gelu,
    value: (x) => 0.5 * x * (1 + Math.tanh(cubic(x))),
    derivative: (x) =>
      0.5 * (1 + Math.tanh(cubic(x))) +
      (0.5 * x * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x)) / Math.cosh(cubic(x)) ** 2,
    at: everywhere,
  },
  {
    name: 'divide, in its denominator',
    graph: (x) => divide(3, x),
    value: (x) => 3 / x,
    derivative: (x) => -3 / (x * x),
    at: above0.map((x) => (x > 1 ? -x : Math.max(x, 0.01))),
  },
  {
    name: 'where',
    graph: (x) => where(x, square(x), negate(x)),
    value: (x) => (x > 0 ? x * x : -x),
    derivative: (x) => (x > 0 ? 2 * x : -1),
    at: everywhere,
  },
];

/**
 * Each value by itself, relative to its own size. The absolute part is what 1 + e^-x loses in f32:
 * half a unit in the last place of 1, for functions that take such a sum.
 */
const expectEach = (
  name: string,
  actual: ArrayLike<number> | undefined,
  expected: readonly number[],
) => {
  expected.forEach((value, i) => {
    const error = Math.abs((actual?.[i] ?? NaN) - value);
    if (!(error <= 4e-6 * Math.abs(value) + 3e-7)) {
      throw new Error(`${name}: [${i}] is ${actual?.[i] ?? NaN}, expected ${value}`);
    }
  });
};

describe('value and derivative, near and far from 0', () => {
  for (const { name, graph, value, derivative, at } of cases) {
    test(name, async ({ gpu }) => {
      const x = feed([at.length], at);
      const y = graph(x.tensor);
      const seed = broadcastTo(constant(1), y.shape);
      const [dx] = gradients([{ tensor: y, gradient: seed }], [x.tensor]);
      if (!dx) throw new Error('no gradient');
      const [values, slopes] = await evaluate(gpu, [y, dx], [x]);
      expectEach(name, values, [...x.data].map(value));
      expectEach(`derivative of ${name}`, slopes, [...x.data].map(derivative));
    });
  }
});

test('minimum and sign', async ({ gpu }) => {
  const x = feed([3], [-2, 0, 5]);
  const [low, signs] = await evaluate(gpu, [minimum(x.tensor, 1), sign(x.tensor)], [x]);
  expect([...(low ?? [])]).toEqual([-2, 0, 1]);
  expect([...(signs ?? [])]).toEqual([-1, 0, 1]);
});
