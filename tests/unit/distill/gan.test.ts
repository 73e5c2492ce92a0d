import { describe, expect } from 'vitest';
import { discriminatorLoss } from '../../../src/distill/discriminatorLoss';
import { adversarialUpdate } from '../../../src/distill/terms/gan';
import { multiply, square } from '../../../src/graph/ops/pointwise';
import { sum } from '../../../src/graph/ops/reduce';
import { ShapeError } from '../../../src/graph/shape';
import { setting, type Tensor } from '../../../src/graph/tensor';
import { rows } from '../../reference/reduce';
import * as reference from '../../reference/distill';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { SUM_CHOICES } from '../../support/optionalKernels';
import { randomValues } from '../../support/random';

const TOLERANCE = { relative: 1e-5 };
const R1 = 3;

describe('the update of the GAN term', () => {
  const [weight, slope] = [0.7, 0.3];
  /** A discriminator that anyone can differentiate: logit = slope * sum x^2 / 2. */
  const logitsOf = (x: Tensor): Tensor => multiply(slope / 2, sum(square(x), [1]));

  for (const shape of [
    [1, 3],
    [3, 17],
    [129, 5],
  ] as const) {
    test(`[${shape.join(', ')}] is -n * weight * dL/dx`, async ({ gpu }) => {
      const [samples, values] = shape;
      const gen = feed([...shape], randomValues(samples * values, 1));
      const delta = adversarialUpdate({
        gen: gen.tensor,
        logits: logitsOf(gen.tensor),
        weight: setting('weight'),
      });
      const loss = (x: ArrayLike<number>) =>
        reference.generatorLoss(
          rows(x, samples).map((row) => (slope / 2) * row.reduce((a, b) => a + b * b, 0)),
        );
      const expected = finiteDifferences(loss, gen.data).map((g) => -samples * values * weight * g);
      const [actual] = await evaluate(gpu, [delta], [gen], { settings: { weight } });
      expectClose('delta', actual ?? [], expected, TOLERANCE);
    });
  }

  test('moves images towards what the discriminator calls real', async ({ gpu }) => {
    const gen = feed([2, 3], [0.1, 0.2, 0.3, -0.1, -0.2, -0.3]);
    const logits = sum(gen.tensor, [1]);
    const [delta] = await evaluate(
      gpu,
      [adversarialUpdate({ gen: gen.tensor, logits, weight: setting('weight') })],
      [gen],
      { settings: { weight: 1 } },
    );
    expect(Math.min(...(delta ?? [NaN]))).toBeGreaterThan(0);
  });

  test('stays finite and right for logits far from 0', async ({ gpu }) => {
    const gen = feed([2, 1], [-200, 200]);
    const logits = sum(gen.tensor, [1]);
    const delta = adversarialUpdate({ gen: gen.tensor, logits, weight: setting('weight') });
    const [actual] = await evaluate(gpu, [delta], [gen], { settings: { weight: 1 } });
    expectClose('delta', actual ?? [], [1, 0], TOLERANCE);
  });

  test('refuses anything but one logit an image', () => {
    const gen = feed([3, 4], randomValues(12, 1)).tensor;
    const from = { gen, weight: setting('weight') };
    expect(() => adversarialUpdate({ ...from, logits: sum(gen, [0]) })).toThrow(ShapeError);
    expect(() => adversarialUpdate({ ...from, logits: sum(gen, [1], { keepAxes: true }) })).toThrow(
      ShapeError,
    );
  });
});

for (const choice of SUM_CHOICES) {
  describe(`the discriminator's loss, ${choice.reduce}`, () => {
    for (const count of [1, 3, 17, 129]) {
      test(`${count} logits: loss, derivatives, accuracy`, async ({ gpu }) => {
        const [fake, real, near] = [1, 2, 3].map((seed) =>
          feed([count], randomValues(count, seed)),
        ) as [ReturnType<typeof feed>, ReturnType<typeof feed>, ReturnType<typeof feed>];
        const { figures, ofFake, ofReal, ofNear } = discriminatorLoss({
          fake: fake.tensor,
          real: real.tensor,
          near: near.tensor,
          r1: setting('r1'),
        });
        const results = await evaluate(gpu, [figures, ofFake, ofReal, ofNear], [fake, real, near], {
          choice,
          settings: { r1: R1 },
        });
        const loss = (f: ArrayLike<number>, r: ArrayLike<number>, n: ArrayLike<number>) =>
          reference.discriminatorLoss(f, r, n, R1);
        const [f, r, n] = [fake.data, real.data, near.data];
        const right = [...f].filter((x) => x < 0).length + [...r].filter((x) => x > 0).length;
        const expected = [
          [loss(f, r, n), right / (2 * count)],
          finiteDifferences((x) => loss(x, r, n), f),
          finiteDifferences((x) => loss(f, x, n), r),
          finiteDifferences((x) => loss(f, r, x), n),
        ];
        ['figures', 'd fake', 'd real', 'd near'].forEach((name, i) => {
          expectClose(name, results[i] ?? [], expected[i] ?? [], TOLERANCE);
        });
      });
    }
  });
}

test('without R1 the discriminator has no penalty, whatever the weight', async ({ gpu }) => {
  const [fake, real] = [feed([3], [-1, 0.5, 2]), feed([3], [1, -0.5, 3])];
  const { figures, ofNear } = discriminatorLoss({
    fake: fake.tensor,
    real: real.tensor,
    r1: setting('r1'),
  });
  const settings = { r1: R1 };
  const [values, seeds] = await evaluate(gpu, [figures, ofNear], [fake, real], { settings });
  const expected = [reference.discriminatorLoss(fake.data, real.data, real.data, 0), 3 / 6];
  expectClose('figures', values ?? [], expected, TOLERANCE);
  expect([...(seeds ?? [])].map(Math.abs)).toEqual([0, 0, 0]);
});

test('refuses logits of several shapes', () => {
  const [three, four] = [feed([3], [1, 2, 3]).tensor, feed([4], [1, 2, 3, 4]).tensor];
  const r1 = setting('r1');
  expect(() => discriminatorLoss({ fake: three, real: four, r1 })).toThrow(ShapeError);
});
