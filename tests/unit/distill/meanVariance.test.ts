import { describe, expect } from 'vitest';
import { meanVarianceGradient, meanVarianceLoss } from '../../../src/distill/terms/meanVariance';
import { gradients } from '../../../src/graph/differentiate';
import { elementCount, ShapeError } from '../../../src/graph/shape';
import { constant, setting } from '../../../src/graph/tensor';
import * as reference from '../../reference/distill';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { SUM_CHOICES } from '../../support/optionalKernels';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 2e-5 };
const [MEAN, VARIANCE, WEIGHT] = [0.1, 0.25, 0.7];
const settings = { targetMean: MEAN, targetVariance: VARIANCE, weight: WEIGHT };
const targets = { targetMean: setting('targetMean'), targetVariance: setting('targetVariance') };

for (const choice of SUM_CHOICES) {
  describe(`mean-variance, ${choice.reduce}`, () => {
    for (const shape of [
      [1, 2],
      [3, 17],
      [17, 3, 2, 2],
      [3, 129],
    ]) {
      test(`[${shape.join(', ')}]: loss, gradient kernel and autodiff agree`, async ({ gpu }) => {
        const gen = feed(shape, randomValues(elementCount(shape), 1));
        const [samples = 1] = shape;
        const loss = meanVarianceLoss({ gen: gen.tensor, ...targets });
        const kernel = meanVarianceGradient({
          gen: gen.tensor,
          ...targets,
          weight: setting('weight'),
        });
        const autodiff = gradients([{ tensor: loss, gradient: constant(1) }], [gen.tensor]);
        const results = await evaluate(gpu, [loss, kernel, ...autodiff], [gen], {
          choice,
          settings,
        });
        const objective = (x: ArrayLike<number>) =>
          reference.meanVarianceLoss(x, samples, MEAN, VARIANCE);
        expectClose('loss', results[0] ?? [], [objective(gen.data)], TOLERANCE);
        const expected = finiteDifferences(objective, gen.data);
        expectClose(
          'gradient',
          results[1] ?? [],
          expected.map((value) => value * WEIGHT),
          TOLERANCE,
        );
        expectClose('autodiff', results[2] ?? [], expected, TOLERANCE);
      });
    }

    test('a flat image stays finite', async ({ gpu }) => {
      const gen = feed([1, 17], new Float32Array(17).fill(0.5));
      const kernel = meanVarianceGradient({ gen: gen.tensor, ...targets, weight: constant(1) });
      const [result] = await evaluate(gpu, [kernel], [gen], { choice, settings });
      const expected = new Array<number>(17).fill((0.5 - MEAN) / (17 * VARIANCE));
      expectClose('gradient', result ?? [], expected, TOLERANCE);
    });
  });
}

test('refuses images of one value', () => {
  const gen = feed([3, 1], [1, 2, 3]).tensor;
  expect(() => meanVarianceGradient({ gen, ...targets, weight: constant(1) })).toThrow(ShapeError);
  expect(() => meanVarianceLoss({ gen, ...targets })).toThrow(ShapeError);
});
