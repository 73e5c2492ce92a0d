import { expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import { attention } from '../../../src/graph/ops/attention';
import { ShapeError } from '../../../src/graph/shape';
import * as reference from '../../reference/attention';
import { weighted } from '../../reference/matmul';
import { expectClose } from '../../support/compare';
import { evaluate, feed, KERNEL_CHOICES } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-5 };

for (const [batch, tokens, heads, width] of [
  [1, 1, 1, 1],
  [1, 17, 2, 3],
  [2, 3, 3, 17],
  [2, 5, 3, 8],
  [1, 3, 1, 128],
  [1, 32, 1, 5],
  [1, 33, 2, 4],
] as const) {
  const sizes = [batch, tokens, heads, width] as const;
  const title = `samples, tokens, heads, width ${sizes.join(', ')}`;
  test.for(KERNEL_CHOICES)(`${title}, $reduce`, async (choice, { gpu }) => {
    const count = batch * tokens * heads * width;
    const qkv = feed([batch, tokens, 3 * heads * width], randomValues(3 * count, 1));
    const dy = feed([batch, tokens, heads * width], randomValues(count, 2));
    const y = attention(qkv.tensor, heads);
    expect(y.shape).toEqual([batch, tokens, heads * width]);
    const [dqkv] = gradients([{ tensor: y, gradient: dy.tensor }], [qkv.tensor]);
    if (!dqkv) throw new Error('no gradient');
    const [value, gradient] = await evaluate(gpu, [y, dqkv], [qkv, dy], { choice });
    expectClose('y', value ?? [], reference.attention(qkv.data, ...sizes), TOLERANCE);
    const expected = finiteDifferences(
      (at) => weighted(reference.attention(at, ...sizes), dy.data),
      qkv.data,
    );
    expectClose('dqkv', gradient ?? [], expected, TOLERANCE);
  });
}

test('the longest sequence, with scores that overflow exp', async ({ gpu }) => {
  const sizes = [1, 64, 1, 3] as const;
  const qkv = feed(
    [1, 64, 9],
    randomValues(64 * 9, 5).map((value) => 30 * value),
  );
  const [y] = await evaluate(gpu, [attention(qkv.tensor, 1)], [qkv]);
  // Scores of about 1000 are exact to 1e-4 in f32, and so are the weights.
  expectClose('y', y ?? [], reference.attention(qkv.data, ...sizes), { relative: 1e-3 });
});

test('refuses long sequences, wide heads and axes that do not split', () => {
  const qkv = (tokens: number, packed: number) =>
    feed([1, tokens, packed], new Float32Array(tokens * packed)).tensor;
  expect(() => attention(qkv(65, 3), 1)).toThrow(ShapeError);
  expect(() => attention(qkv(2, 3 * 129), 1)).toThrow(/at most 128/);
  expect(() => attention(qkv(2, 12), 3)).toThrow(/attention: \[1, 2, 12\]/);
  expect(() => attention(feed([2, 3], new Float32Array(6)).tensor, 1)).toThrow(ShapeError);
});
