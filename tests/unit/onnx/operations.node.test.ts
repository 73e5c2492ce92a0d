import { describe, expect } from 'vitest';
import { renoise } from '../../../src/flow/renoise';
import { attention } from '../../../src/graph/ops/attention';
import { embeddingSum } from '../../../src/graph/ops/embedding';
import { layerNorm } from '../../../src/graph/ops/layerNorm';
import { matmul } from '../../../src/graph/ops/matmul';
import * as pointwise from '../../../src/graph/ops/pointwise';
import { randomUniform } from '../../../src/graph/ops/random';
import { mean, meanAndVariance, sum } from '../../../src/graph/ops/reduce';
import { timeEmbedding } from '../../../src/graph/ops/timeEmbedding';
import {
  broadcastTo,
  concat,
  detach,
  pad,
  permute,
  reshape,
  slice,
} from '../../../src/graph/ops/views';
import { gradients } from '../../../src/graph/differentiate';
import type { Shape } from '../../../src/graph/shape';
import { constant, read, setting, variable, type Tensor } from '../../../src/graph/tensor';
import { ANY_BATCH } from '../../../src/interchange/onnx/builder';
import { OnnxError } from '../../../src/interchange/onnx/error';
import { patchify, unpatchify } from '../../../src/models/layers';
import { expectClose } from '../../support/compare';
import { evaluate, type Fed } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { runFile, writeGraph } from '../../support/onnx';
import { randomValues } from '../../support/random';

/** An operation on inputs of shapes that begin with, or hold, a batch of b. */
interface Case {
  readonly name: string;
  readonly shapes: (b: number) => readonly Shape[];
  readonly build: (inputs: Tensor[], b: number) => Tensor;
  /** Made of standard normal numbers; left out, these themselves. */
  readonly values?: (value: number) => number;
  /** Of rows below this number. */
  readonly integers?: { readonly input: number; readonly below: number };
  /** Absolute or relative to the largest value; both are f32. */
  readonly tolerance?: number;
}

type Unary = (x: Tensor) => Tensor;
const first = ([x = constant(0)]: Tensor[]): Tensor => x;
const positive = (value: number): number => Math.abs(value) + 0.1;

const unary = (name: string, apply: Unary, values?: Case['values']): Case => ({
  name,
  shapes: (b) => [[b, 5, 7]],
  build: (inputs) => apply(first(inputs)),
  ...(values && { values }),
});
const two = (
  name: string,
  left: (b: number) => Shape,
  right: (b: number) => Shape,
  build: (a: Tensor, b: Tensor) => Tensor,
): Case => ({
  name,
  shapes: (b) => [left(b), right(b)],
  build: ([a = constant(0), c = constant(0)]) => build(a, c),
});

const CASES: readonly Case[] = [
  unary('negate', pointwise.negate),
  unary('square', pointwise.square),
  unary('sqrt', pointwise.sqrt, positive),
  unary('exp', pointwise.exp),
  unary('log', pointwise.log, positive),
  unary('absolute', pointwise.absolute),
  unary('sign', pointwise.sign),
  unary('sigmoid', pointwise.sigmoid),
  unary('softplus', pointwise.softplus),
  unary('silu', pointwise.silu),
  unary('gelu', pointwise.gelu, (value) => 3 * value),
  unary('minimum', (x) => pointwise.minimum(x, 0.25)),
  unary('where', (x) => pointwise.where(x, pointwise.multiply(x, 2), -1)),
  unary('detach', (x) => detach(pointwise.add(x, 1))),
  unary('layerNorm', layerNorm, (value) => 4 * value + 2),
  unary('slice', (x) => slice(x, 2, 3, 2)),
  unary('pad', (x) => pad(x, 1, 2, 9)),
  unary('permute', (x) => permute(x, [2, 0, 1])),
  unary('reshape that joins', (x) => reshape(x, [-1, 7])),
  unary('reshape that splits', (x) => reshape(x, [x.shape[0] ?? 1, 1, 7, 5])),
  unary('sum of all', (x) => sum(x)),
  unary('sum of an axis', (x) => sum(x, [1])),
  unary('sum of outer axes', (x) => sum(x, [0, 2], { keepAxes: true })),
  unary('mean', (x) => mean(x, [2])),
  unary('variance', (x) => meanAndVariance(x).variance),
  two(
    'add',
    (b) => [b, 5, 1],
    () => [7],
    pointwise.add,
  ),
  two(
    'subtract',
    (b) => [b, 1, 7],
    (b) => [b, 5, 7],
    pointwise.subtract,
  ),
  two(
    'multiply',
    () => [5, 1],
    (b) => [b, 1, 7],
    pointwise.multiply,
  ),
  two(
    'divide',
    (b) => [b, 5],
    () => [1, 5],
    (a, b) => pointwise.divide(a, pointwise.exp(b)),
  ),
  two(
    'operands both stretched',
    () => [3],
    () => [3],
    (a, b) => pointwise.add(broadcastTo(a, [4, 3]), broadcastTo(b, [4, 3])),
  ),
  two(
    'concat',
    (b) => [b, 2, 3],
    (b) => [b, 4, 3],
    (a, b) => concat([a, b], 1),
  ),
  two(
    'matmul',
    (b) => [b, 5, 7],
    () => [7, 3],
    matmul,
  ),
  two(
    'matmul, second transposed',
    (b) => [b, 5, 7],
    () => [3, 7],
    (a, b) => matmul(a, b, { transposeB: true }),
  ),
  two(
    'matmul, first transposed',
    (b) => [b, 7, 5],
    (b) => [b, 7, 3],
    (a, b) => matmul(a, b, { transposeA: true }),
  ),
  two(
    'matmul, both transposed',
    (b) => [b, 7, 5],
    (b) => [b, 3, 7],
    (a, b) => matmul(a, b, { transposeA: true, transposeB: true }),
  ),
  {
    name: 'broadcastTo',
    shapes: (b) => [[b, 1, 3]],
    build: (inputs, b) => pointwise.exp(broadcastTo(first(inputs), [2, b, 5, 3])),
  },
  {
    name: 'attention',
    shapes: (b) => [[b, 7, 3 * 3 * 5]],
    build: (inputs) => attention(first(inputs), 3),
  },
  {
    name: 'timeEmbedding',
    shapes: (b) => [[b]],
    build: (inputs) => timeEmbedding(first(inputs), 5),
    values: (value) => Math.abs(value) / 4,
    // Angles go up to 1000, where f32 is 3e-5 apart.
    tolerance: 2e-4,
  },
  {
    name: 'embeddingSum',
    shapes: (b) => [
      [11, 3],
      [b, 4],
    ],
    build: ([table = constant(0), rows = constant(0)]) => embeddingSum(table, rows),
    integers: { input: 1, below: 11 },
  },
  {
    name: 'renoise',
    shapes: (b) => [[b, 3, 5], [b], [b, 3, 5]],
    build: ([x = constant(0), tau = constant(0), noise = constant(0)]) => renoise(x, tau, noise),
  },
  {
    name: 'patchify and back',
    shapes: (b) => [[b, 3, 4, 6]],
    build: (inputs, b) =>
      unpatchify(pointwise.multiply(patchify(first(inputs), 2), 3), 2, [b, 3, 4, 6]),
  },
];

const SIZES = [1, 3];
const TOLERANCE = 2e-5;

/** Inputs and result of a case, with values where the batch is one to run with. */
const build = ({ shapes, integers, build: apply }: Case, b: number) => {
  const inputs = shapes(b).map((shape, index) =>
    variable(`input ${index}`, shape, index === integers?.input ? 'i32' : 'f32'),
  );
  return { inputs, result: apply(inputs.map(read), b) };
};

const valuesOf = ({ integers, values = (value) => value }: Case, shape: Shape, index: number) => {
  const numbers = randomValues(
    shape.reduce((product, size) => product * size, 1),
    index + 1,
  );
  if (index !== integers?.input) return numbers.map(values);
  const { below } = integers;
  return Int32Array.from(numbers, (value) =>
    Math.min(Math.floor((Math.abs(value) * below) / 3), below - 1),
  );
};

describe('the ONNX mapping, in a file of any batch,', () => {
  for (const operation of CASES) {
    const { name, tolerance = TOLERANCE } = operation;
    test(`of ${name} gives what the engine gives`, async ({ gpu }) => {
      const open = build(operation, ANY_BATCH);
      const file = writeGraph([open.result], open.inputs);
      for (const b of SIZES) {
        const { inputs, result } = build(operation, b);
        const feeds = inputs.map((input, index): Fed => ({
          variable: input,
          tensor: read(input),
          data: valuesOf(operation, input.shape, index),
        }));
        const [expected = []] = await evaluate(gpu, [result], feeds);
        const given = feeds.map(({ variable: { shape }, data }) => ({
          shape,
          data: data instanceof Uint32Array ? Int32Array.from(data) : data,
        }));
        const [actual = []] = await runFile(file, given);
        expectClose(`${name}, batch ${b}`, actual, expected, { relative: tolerance });
      }
    });
  }
});

describe('a graph that cannot be written names why:', () => {
  const x = variable('x', [2, 3]);
  const scalar = (name: string): Tensor => setting(name, 'u32');

  test('an operation without a mapping', () => {
    const uniform = randomUniform([2, 3], {
      seed: scalar('seed'),
      step: scalar('step'),
      stream: 0,
    });
    const refused = () => writeGraph([pointwise.add(read(x), uniform)], [x]);
    expect(refused).toThrow(OnnxError);
    expect(refused).toThrow('The setting seed has no value in a file');
    const leaf = read(x);
    const seed = { tensor: pointwise.gelu(leaf), gradient: broadcastTo(constant(1), [2, 3]) };
    const [gradient = leaf] = gradients([seed], [leaf]);
    expect(() => writeGraph([gradient], [x])).toThrow(
      'The operation geluDerivative has no ONNX mapping, so this graph cannot be written.',
    );
  });

  test('numbers that depend on the batch', () => {
    const open = variable('x', [ANY_BATCH, 3]);
    const both = concat([read(open), read(open)], 0);
    expect(() => writeGraph([both], [open])).toThrow(
      'The graph has the number of samples in it; write the file with a fixed batch.',
    );
    const wide = variable('x', [ANY_BATCH, ANY_BATCH]);
    const square = reshape(read(wide), [1, 1, ANY_BATCH, ANY_BATCH]);
    expect(() => writeGraph([square], [wide])).toThrow(
      'spreads the batch over several axes; write the file with a fixed batch.',
    );
  });
});
