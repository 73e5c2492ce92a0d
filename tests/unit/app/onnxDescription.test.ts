import { describe, expect, test } from 'vitest';
import {
  parseVectors,
  withColumns,
  withConditionKind,
  withInput,
  withTimeKind,
} from '../../../src/app/own/onnx/describe';
import { parseForeignSpec, type ForeignTeacherSpecInput } from '../../../src/lab/foreign/spec';
import { PromptSpace } from '../../../src/tasks/promptSpace';

const prompts = new PromptSpace([
  { name: 'shape', title: 'Shape', values: [{ name: 'circle' }, { name: 'square' }] },
  { name: 'hue', title: 'Hue', values: [{ name: 'red' }, { name: 'green' }, { name: 'blue' }] },
]);

const spec: ForeignTeacherSpecInput = {
  version: 1,
  inputs: { x: 'x', t: 't', condition: 'c' },
  output: 'out',
  prediction: 'velocity',
  time: { kind: 'linear', noise: 0, clean: 1 },
  condition: { kind: 'ids', attributes: ['shape', 'hue'], open: [2, 3] },
};

describe('a network described', () => {
  test.each(['linear', 'sigma', 'variancePreserving'] as const)(
    'with %s times is one that can be used',
    (kind) => {
      const changed = withTimeKind(spec, kind);
      expect(parseForeignSpec(changed).time.kind).toBe(kind);
      // Only straight lines have a velocity.
      expect(changed.prediction).toBe(kind === 'linear' ? 'velocity' : 'noise');
    },
  );

  test('keeps a prediction that goes with the time', () => {
    expect(withTimeKind({ ...spec, prediction: 'clean' }, 'sigma').prediction).toBe('clean');
  });

  test('gives each input one role: two exchange theirs', () => {
    expect(withInput(spec, 't', 'c').inputs).toEqual({ x: 'x', t: 'c', condition: 't' });
    expect(withInput(spec, 'x', 't').inputs).toEqual({ x: 't', t: 'x', condition: 'c' });
    expect(withInput(spec, 't', 't')).toEqual(spec);
  });

  test('names as many attributes as its input takes numbers', () => {
    const ids = (width: number | null) => withConditionKind(spec, 'ids', prompts, width).condition;
    expect(ids(1)).toEqual({ kind: 'ids', attributes: ['shape'], open: [2] });
    expect(ids(null)).toEqual({ kind: 'ids', attributes: ['shape', 'hue'], open: [2, 3] });
    expect(withColumns(spec, ['hue', 'shape'], prompts).condition).toMatchObject({ open: [3, 2] });
  });

  test('takes ones and zeros, or vectors once they are there', () => {
    expect(() => parseForeignSpec(withConditionKind(spec, 'oneHot', prompts, 7))).not.toThrow();
    const vectors = withConditionKind(spec, 'vectors', prompts, 2);
    expect(() => parseForeignSpec(vectors)).toThrow(/condition\.vectors/);
  });

  test('reads vectors from JSON, and nothing else', () => {
    expect(parseVectors(' [[1, 2.5], [-3e-2, 0]]\n')).toEqual([
      [1, 2.5],
      [-0.03, 0],
    ]);
    for (const text of [
      '',
      '[[1,',
      '{"a":1}',
      '[1, 2]',
      '[["1"]]',
      '[[]]',
      '[[1e999]]',
      '[null]',
    ]) {
      expect(parseVectors(text), text).toBeNull();
    }
  });
});
