import { describe, expect } from 'vitest';
import { cfgAugmentation } from '../../../src/distill/terms/ca';
import { elementCount, ShapeError } from '../../../src/graph/shape';
import { setting } from '../../../src/graph/tensor';
import * as reference from '../../reference/distill';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { SUM_CHOICES } from '../../support/optionalKernels';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-5 };
const scalars = {
  guidanceScale: setting('alpha'),
  weight: setting('weight'),
  normalise: setting('normalise'),
};

const images = (shape: number[]) => {
  const count = elementCount(shape);
  return {
    gen: feed(shape, randomValues(count, 1)),
    realCond: feed(shape, randomValues(count, 2)),
    realUncond: feed(shape, randomValues(count, 3)),
  };
};

for (const choice of SUM_CHOICES) {
  describe(`cfgAugmentation, ${choice.reduce}`, () => {
    for (const shape of [
      [1, 1],
      [3, 17],
      [17, 3, 4, 4],
      [3, 129],
    ]) {
      for (const normalise of [0, 1]) {
        test(`[${shape.join(', ')}], normaliser ${normalise}`, async ({ gpu }) => {
          const { gen, realCond, realUncond } = images(shape);
          const delta = cfgAugmentation({
            gen: gen.tensor,
            realCond: realCond.tensor,
            realUncond: realUncond.tensor,
            ...scalars,
          });
          const [result] = await evaluate(gpu, [delta], [gen, realCond, realUncond], {
            choice,
            settings: { alpha: 4, weight: 0.7, normalise },
          });
          const [samples = 1] = shape;
          const norms = reference.norms(gen.data, realCond.data, samples);
          const expected = reference.update(
            0.7 * (4 - 1),
            realCond.data,
            realUncond.data,
            norms.map((norm) => (normalise ? norm : 1)),
          );
          expectClose('delta', result ?? [], expected, TOLERANCE);
        });
      }
    }

    test('is zero without guidance, and where nothing differs', async ({ gpu }) => {
      const { gen, realCond, realUncond } = images([3, 17]);
      const same = { gen: gen.tensor, realCond: gen.tensor, realUncond: gen.tensor };
      const different = {
        gen: gen.tensor,
        realCond: realCond.tensor,
        realUncond: realUncond.tensor,
      };
      const zeros = new Float32Array(51);
      const [unguided] = await evaluate(
        gpu,
        [cfgAugmentation({ ...different, ...scalars })],
        [gen, realCond, realUncond],
        { choice, settings: { alpha: 1, weight: 1, normalise: 1 } },
      );
      expectClose('alpha = 1', unguided ?? [], zeros, TOLERANCE);
      const [still] = await evaluate(gpu, [cfgAugmentation({ ...same, ...scalars })], [gen], {
        choice,
        settings: { alpha: 4, weight: 1, normalise: 1 },
      });
      expectClose('norm = 0', still ?? [], zeros, TOLERANCE);
    });
  });
}

test('refuses images of different shapes', () => {
  const { gen, realCond } = images([3, 17]);
  const { realUncond } = images([3, 5]);
  const inputs = {
    gen: gen.tensor,
    realCond: realCond.tensor,
    realUncond: realUncond.tensor,
  };
  expect(() => cfgAugmentation({ ...inputs, ...scalars })).toThrow(ShapeError);
});
