import { describe, expect, test } from 'vitest';
import { renoise } from '../../../src/flow/renoise';
import { attention } from '../../../src/graph/ops/attention';
import { embeddingSum } from '../../../src/graph/ops/embedding';
import { layerNorm } from '../../../src/graph/ops/layerNorm';
import { matmul } from '../../../src/graph/ops/matmul';
import { add, divide, minimum, multiply, subtract, where } from '../../../src/graph/ops/pointwise';
import { randomNormal } from '../../../src/graph/ops/random';
import { mean, meanAndVariance, sum } from '../../../src/graph/ops/reduce';
import { timeEmbedding } from '../../../src/graph/ops/timeEmbedding';
import { broadcastTo, concat, pad, permute, reshape, slice } from '../../../src/graph/ops/views';
import { ShapeError, type Shape } from '../../../src/graph/shape';
import { read, setting, variable, type DType, type Tensor } from '../../../src/graph/tensor';

const of = (shape: Shape, dtype: DType = 'f32'): Tensor => read(variable('x', shape, dtype));
const u32 = setting('step', 'u32');

/** What is built wrongly, and the words that the error must begin with and contain. */
const refusals: [string, () => unknown, string, string[]][] = [
  ['add', () => add(of([2, 3]), of([4])), 'add', ['[2, 3]', '[4]']],
  ['subtract', () => subtract(of([2, 3]), of([2])), 'subtract', ['[2, 3]', '[2]']],
  ['multiply', () => multiply(of([5]), of([2, 3])), 'multiply', ['[5]', '[2, 3]']],
  ['divide', () => divide(of([5]), of([3])), 'divide', ['[5]', '[3]']],
  ['types', () => add(of([3]), of([3], 'i32')), 'add', ['f32', 'i32']],
  ['where', () => where(of([5]), of([2]), 0), 'where', ['[5]', '[2]']],
  ['minimum', () => minimum(of([5]), of([2, 5])), 'broadcastTo', ['[2, 5]', '[5]']],
  ['inner axes', () => matmul(of([2, 3]), of([4, 5])), 'matmul', ['[2, 3]', '[4, 5]']],
  ['ranks', () => matmul(of([3]), of([3, 5])), 'matmul', ['[3]', '[3, 5]']],
  ['batches', () => matmul(of([2, 3, 4]), of([5, 4, 3])), 'matmul', ['[2, 3, 4]', '[5, 4, 3]']],
  ['attention', () => attention(of([2, 3, 10]), 4), 'attention', ['[2, 3, 10]', '[4]']],
  ['tokens', () => attention(of([2, 65, 12]), 1), 'attention', ['[2, 65, 12]', '64 tokens']],
  ['layerNorm', () => layerNorm(of([])), 'layerNorm', ['[]']],
  ['table', () => embeddingSum(of([4]), of([2, 3], 'i32')), 'embeddingSum', ['[4]', '[2, 3]']],
  ['rows', () => embeddingSum(of([4, 2]), of([2, 3])), 'embeddingSum', ['[2, 3]', 'i32']],
  ['times', () => timeEmbedding(of([2, 1])), 'timeEmbedding', ['[2, 1]']],
  ['sum', () => sum(of([2, 3]), [-3]), 'sum', ['[2, 3]', 'axis -3']],
  ['mean', () => mean(of([2]), [1]), 'sum', ['[2]', 'axis 1']],
  ['moments', () => meanAndVariance(of([5])), 'meanAndVariance', ['[5]']],
  ['reshape', () => reshape(of([2, 3]), [4, 2]), 'reshape', ['[2, 3]', '[4, 2]']],
  ['a part', () => reshape(of([2, 3]), [4, -1]), 'reshape', ['positive integer']],
  ['broadcastTo', () => broadcastTo(of([2, 3]), [3]), 'broadcastTo', ['[2, 3]', '[3]']],
  ['permute', () => permute(of([2, 3]), [0, 0]), 'permute', ['[2, 3]', '[0, 0]']],
  ['slice', () => slice(of([2, 3]), 1, 2, 2), 'slice', ['[2, 3]', '2 to 4']],
  ['no axis', () => slice(of([2, 3]), 2, 0, 1), 'slice', ['[2, 3]', 'axis 2']],
  ['pad', () => pad(of([2, 3]), 0, 3, 4), 'pad', ['[2, 3]', '4 entries']],
  ['concat', () => concat([of([2, 3]), of([3, 3])], 1), 'concat', ['[2, 3]', '[3, 3]']],
  [
    'random',
    () => randomNormal([3], { seed: of([2], 'u32'), step: u32, stream: 0 }),
    'normal',
    ['[2]', '[]'],
  ],
  ['renoise', () => renoise(of([2, 3]), of([2]), of([3, 2])), 'renoise', ['[2, 3]', '[3, 2]']],
  ['levels', () => renoise(of([2, 3]), of([3]), of([2, 3])), 'renoise', ['[2, 3]', '[3]']],
];

describe('a graph that does not fit is refused when it is built, with operation and shapes', () => {
  for (const [name, build, operation, words] of refusals) {
    test(name, () => {
      expect(build).toThrow(ShapeError);
      expect(build).toThrow(new RegExp(`^${operation}: `));
      for (const word of words) expect(build).toThrow(word);
    });
  }
});

test('an empty list cannot be concatenated', () => {
  expect(() => concat([], 0)).toThrow('concat: needs at least one tensor.');
});

test('sizes are positive whole numbers', () => {
  expect(() => broadcastTo(of([1]), [0])).toThrow(ShapeError);
  expect(() => randomNormal([2.5], { seed: u32, step: u32, stream: 0 })).toThrow(ShapeError);
});
