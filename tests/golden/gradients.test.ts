import { describe, expect } from 'vitest';
import type { SafetensorsFile } from '../../src/interchange/safetensors';
import { mean } from '../../src/graph/ops/reduce';
import { square, subtract } from '../../src/graph/ops/pointwise';
import { constant } from '../../src/graph/tensor';
import { ditVelocity } from '../../src/models/dit/dit';
import { test } from '../support/gpu';
import { directionalErrors } from './directional';
import { expectDirectional } from './gradients';
import { parameterGradients } from './network';
import { gradientGroups, groupsRepeating } from './repeatedGroups';
import { openTiny } from './tiny';

/** A file of tensors of one dimension. */
const fileOf = (tensors: Record<string, readonly number[]>): SafetensorsFile => ({
  metadata: {},
  tensors: new Map(
    Object.entries(tensors).map(([name, values]) => [
      name,
      { name, shape: [values.length], dtype: 'F32', data: Float32Array.from(values) },
    ]),
  ),
});

describe('gradients that were overwritten before they were saved', () => {
  const file = fileOf({
    'a.grad.weight': [1, 2],
    'a.grad.bias': [0],
    'b.grad.weight': [1, 2],
    'b.grad.bias': [0],
    'c.grad.weight': [1, 2.0000002],
    'c.grad.bias': [0],
    'part.grad.weight': [1, 2],
    'part.grad.head.bias': [5],
    'none.grad.weight': [0, 0],
    'nothing.grad.weight': [0, 0],
    'other.grad.matrix': [1, 2],
    'a.weight': [1, 2],
  });

  test('the groups of a file', () => {
    expect(gradientGroups(file).join(' ')).toBe(
      'a.grad. b.grad. c.grad. part.grad. none.grad. nothing.grad. other.grad.',
    );
  });

  test('groups with the same values in all that they share name each other', () => {
    expect(groupsRepeating(file, 'a.grad.')).toEqual(['b.grad.', 'part.grad.']);
    expect(groupsRepeating(file, 'part.grad.')).toEqual(['a.grad.', 'b.grad.']);
  });

  test('a difference in the last bit, zeros, and other tensors are no repetition', () => {
    for (const prefix of ['c.grad.', 'none.grad.', 'nothing.grad.', 'other.grad.']) {
      expect(groupsRepeating(file, prefix), prefix).toEqual([]);
    }
  });
});

test('finite differences accept the gradient and refuse one that is wrong', async ({ gpu }) => {
  const { golden, student, rows, input } = await openTiny(gpu);
  const v = ditVelocity(golden.config, student, {
    x: input('forward.x'),
    t: input('forward.t'),
    rows,
  });
  const loss = mean(square(subtract(v, input('forward.target'))));
  const of = { parameters: student, from: loss, seed: constant(1) };
  const computed = await parameterGradients(golden, of);
  const few = new Map([...computed].filter((_, index) => index % 8 === 0));
  expectDirectional('forward.grad.', await directionalErrors(golden, of, few));

  const name = 'blocks.0.mlp.fc1.weight';
  const scaled = computed.get(name)?.map((g) => 1.2 * g) ?? new Float32Array();
  const errors = await directionalErrors(golden, of, new Map([[name, scaled]]));
  expect(() => {
    expectDirectional('wrong', errors);
  }).toThrow(/^wrong.*more than/);
});
