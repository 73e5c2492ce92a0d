import { describe, expect } from 'vitest';
import { gradients } from '../../../src/graph/differentiate';
import { add, multiply } from '../../../src/graph/ops/pointwise';
import { sum } from '../../../src/graph/ops/reduce';
import { elementCount, ShapeError } from '../../../src/graph/shape';
import { constant } from '../../../src/graph/tensor';
import {
  classifierConfigSchema,
  classifierLayout,
  classifierOutputs,
  logitCount,
} from '../../../src/models/classifier';
import { ParameterSet } from '../../../src/models/parameters';
import { expectClose } from '../../support/compare';
import { evaluate, feed, KERNEL_CHOICES } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

const CONFIG = { values: 6, hidden: 5, features: 4, classes: { colour: 3, hat: 2 } };
const BATCH = 3;
const layout = classifierLayout(CONFIG);

const gelu = (x: number): number =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

const layerNorm = (row: readonly number[]): number[] => {
  const mean = row.reduce((total, v) => total + v, 0) / row.length;
  const variance = row.reduce((total, v) => total + (v - mean) ** 2, 0) / row.length;
  return row.map((v) => (v - mean) / Math.sqrt(variance + 1e-5));
};

/** The network in float64: logits of all images, then features of all images. */
const twin = (flat: ArrayLike<number>, images: ArrayLike<number>): number[] => {
  const layer = (name: string, x: readonly number[], to: number): number[] => {
    const at = (part: string, index: number) =>
      flat[(layout.entries.get(`${name}.${part}`)?.offset ?? NaN) + index] ?? NaN;
    return Array.from({ length: to }, (_, o) =>
      x.reduce((total, v, i) => total + v * at('weight', o * x.length + i), at('bias', o)),
    );
  };
  const features = Array.from({ length: BATCH }, (_, b) => {
    const x = Array.from({ length: 6 }, (_, i) => images[6 * b + i] ?? NaN);
    return layer('features', layerNorm(layer('hidden', x, 5).map(gelu)), 4).map(gelu);
  });
  return [...features.flatMap((row) => layer('head', row, 5)), ...features.flat()];
};

describe('the classifier', () => {
  test.for(KERNEL_CHOICES)('and its gradients equal the formula: %o', async (choice, { gpu }) => {
    const weights = new Float32Array(layout.size);
    [...layout.entries.values()].forEach(({ offset, shape }, seed) => {
      weights.set(randomValues(elementCount(shape), seed + 1), offset);
    });
    const parameters = new ParameterSet('classifier', layout);
    const images = feed([BATCH, 1, 2, 3], randomValues(6 * BATCH, 21));
    const seedLogits = feed([BATCH, 5], randomValues(5 * BATCH, 22));
    const seedFeatures = feed([BATCH, 4], randomValues(4 * BATCH, 23));
    const { logits, features } = classifierOutputs(CONFIG, parameters, images.tensor);
    expect(logits.shape).toEqual([BATCH, logitCount(CONFIG)]);
    const loss = add(
      sum(multiply(logits, seedLogits.tensor)),
      sum(multiply(features, seedFeatures.tensor)),
    );
    const names = parameters.trainable();
    const wanted = [images.tensor, ...names.map((name) => parameters.tensor(name))];
    const all = gradients([{ tensor: loss, gradient: constant(1) }], wanted);
    const fedWeights = { tensor: images.tensor, variable: parameters.flat, data: weights };
    const [actualLogits, actualFeatures, dImages, ...dWeights] = await evaluate(
      gpu,
      [logits, features, ...all],
      [images, seedLogits, seedFeatures, fedWeights],
      { choice },
    );

    const expected = twin(weights, images.data);
    expectClose('logits', actualLogits ?? [], expected.slice(0, 5 * BATCH), { relative: 1e-5 });
    expectClose('features', actualFeatures ?? [], expected.slice(5 * BATCH), { relative: 1e-5 });
    const lossOf = (flat: ArrayLike<number>, at: ArrayLike<number>) => {
      const seeds = [...seedLogits.data, ...seedFeatures.data];
      return twin(flat, at).reduce((total, value, i) => total + value * (seeds[i] ?? NaN), 0);
    };
    const byImages = finiteDifferences((at) => lossOf(weights, at), images.data);
    expectClose('dImages', dImages ?? [], byImages, { relative: 2e-5 });
    const byWeights = finiteDifferences((flat) => lossOf(flat, images.data), weights);
    names.forEach((name, index) => {
      const { offset, shape } = layout.entries.get(name) ?? { offset: NaN, shape: [] };
      const part = byWeights.slice(offset, offset + elementCount(shape));
      expectClose(name, dWeights[index] ?? [], part, { relative: 2e-5 });
    });
  });

  test('refuses images of another size, and sizes that are none', () => {
    const parameters = new ParameterSet('classifier', layout);
    const images = feed([2, 1, 2, 4], randomValues(16, 1)).tensor;
    expect(() => classifierOutputs(CONFIG, parameters, images)).toThrow(ShapeError);
    const valid = (change: object) =>
      classifierConfigSchema.safeParse({ ...CONFIG, ...change }).success;
    expect(valid({})).toBe(true);
    for (const change of [
      { hidden: 0 },
      { features: 5000 },
      { values: 2.5 },
      { classes: {} },
      { classes: { hat: 1 } },
      { more: 1 },
    ]) {
      expect(valid(change), JSON.stringify(change)).toBe(false);
    }
  });
});
