import { describe, expect } from 'vitest';
import { groupForStatistics, ungroup } from '../../../src/distill/statistics';
import { meanVarianceTerm } from '../../../src/distill/terms/meanVariance';
import { constant } from '../../../src/graph/tensor';
import * as reference from '../../reference/distill';
import { expectClose } from '../../support/compare';
import { evaluate, feed, KERNEL_CHOICES } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';
import { termContext } from '../../golden/termContext';

const [MEAN, VARIANCE] = [0.1, 0.8];

/** Eq. 7 over the coordinates: mu_d and s2_d over the batch. */
const objective = (points: ArrayLike<number>): number => {
  const values = Array.from(points);
  const coordinates = [0, 1].flatMap((axis) => values.filter((_, i) => i % 2 === axis));
  return reference.meanVarianceLoss(coordinates, 2, MEAN, VARIANCE);
};

for (const choice of KERNEL_CHOICES) {
  describe(`mean-variance of points, ${choice.reduce}`, () => {
    for (const batch of [2, 3, 65]) {
      test(`${batch} points: the update is -n times the gradient over the batch`, async ({
        gpu,
      }) => {
        const gen = feed([batch, 2], randomValues(2 * batch, 1));
        const statistics = { mean: constant(MEAN), variance: constant(VARIANCE) };
        const update = meanVarianceTerm.update(
          termContext(gen.tensor, { statistics: { ...statistics, over: 'batch' } }),
        );
        expect(update.shape).toEqual([batch, 2]);
        const [values = []] = await evaluate(gpu, [update], [gen], { choice });
        const expected = finiteDifferences(objective, gen.data).map((d) => -2 * batch * d);
        expectClose('update', values, expected, { relative: 2e-5 });
      });
    }
  });
}

test('grouping and its inverse', async ({ gpu }) => {
  const x = feed(
    [3, 2, 2],
    Array.from({ length: 12 }, (_, i) => i),
  );
  const groups = groupForStatistics(x.tensor, 'batch');
  expect(groups.shape).toEqual([4, 3]);
  expect(groupForStatistics(x.tensor, 'values')).toBe(x.tensor);
  const results = await evaluate(gpu, [groups, ungroup(groups, x.tensor, 'batch')], [x]);
  expect([...(results[0] ?? [])]).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
  expect(results[1]).toEqual(x.data);
});
