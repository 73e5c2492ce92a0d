import { describe, expect } from 'vitest';
import { distributionMatching } from '../../../src/distill/terms/dm';
import { totalUpdate, updateGradient, updateLoss } from '../../../src/distill/terms/updateLoss';
import { elementCount, ShapeError } from '../../../src/graph/shape';
import { setting } from '../../../src/graph/tensor';
import * as reference from '../../reference/distill';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { SUM_CHOICES } from '../../support/optionalKernels';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-5 };
const scalars = { weight: setting('weight'), normalise: setting('normalise') };

const images = (shape: number[]) => {
  const count = elementCount(shape);
  return {
    gen: feed(shape, randomValues(count, 1)),
    realCond: feed(shape, randomValues(count, 2)),
    fakeCond: feed(shape, randomValues(count, 3)),
  };
};

for (const choice of SUM_CHOICES) {
  describe(`distributionMatching, ${choice.reduce}`, () => {
    for (const shape of [
      [1, 1],
      [3, 17],
      [17, 3, 4, 4],
      [3, 129],
    ]) {
      for (const normalise of [0, 1]) {
        test(`[${shape.join(', ')}], normaliser ${normalise}`, async ({ gpu }) => {
          const { gen, realCond, fakeCond } = images(shape);
          const delta = distributionMatching({
            gen: gen.tensor,
            realCond: realCond.tensor,
            fakeCond: fakeCond.tensor,
            ...scalars,
          });
          const [result] = await evaluate(gpu, [delta], [gen, realCond, fakeCond], {
            choice,
            settings: { weight: 0.7, normalise },
          });
          const [samples = 1] = shape;
          const norms = reference.norms(gen.data, realCond.data, samples);
          const expected = reference.update(
            0.7,
            realCond.data,
            fakeCond.data,
            norms.map((norm) => (normalise ? norm : 1)),
          );
          expectClose('delta', result ?? [], expected, TOLERANCE);
        });
      }
    }
  });
}

test('refuses images of different shapes', () => {
  const { gen, realCond } = images([3, 17]);
  const { fakeCond } = images([3, 5]);
  const inputs = { gen: gen.tensor, realCond: realCond.tensor, fakeCond: fakeCond.tensor };
  expect(() => distributionMatching({ ...inputs, ...scalars })).toThrow(ShapeError);
});

test('the loss of an update, and its gradient: minus the update, so that descent follows it', async ({
  gpu,
}) => {
  const { gen: a, realCond: b } = images([3, 17]);
  const total = totalUpdate([a.tensor, b.tensor]);
  const outputs = [updateLoss([a.tensor, b.tensor]), updateGradient(total)];
  const [loss, gradient] = await evaluate(gpu, outputs, [a, b]);
  const delta = Array.from(a.data).map((value, i) => value + (b.data[i] ?? 0));
  const squares = delta.reduce((sum, value) => sum + value * value, 0);
  expectClose('loss', loss ?? [], [(0.5 * squares) / 51], TOLERANCE);
  expectClose(
    'gradient',
    gradient ?? [],
    delta.map((value) => -value / 51),
    TOLERANCE,
  );
});
