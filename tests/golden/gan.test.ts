import { describe } from 'vitest';
import { discriminatorLoss, generatorLoss } from '../../src/distill/terms/gan';
import { renoise } from '../../src/flow/renoise';
import { constant, type Tensor } from '../../src/graph/tensor';
import { discriminatorLogits, headLayout } from '../../src/models/discriminator';
import type { ParameterSet } from '../../src/models/parameters';
import { test } from '../support/gpu';
import { expectGoldenGradients } from './gradients';
import { compute, expectGolden, goldenParameters } from './network';
import { generatedImages, one, openTiny, type Tiny } from './tiny';
import { FORWARD, GRADIENT, SCALAR } from './tolerances';

/** The layer that a discriminator's trunk leaves out. */
const NOT_IN_TRUNK = /^final\.linear/;

let tiny: Tiny;

test.beforeAll(async ({ gpu }) => {
  tiny = await openTiny(gpu);
});

describe('GAN', () => {
  const discriminate = (images: Tensor, noise: Tensor, trunk: ParameterSet, head: ParameterSet) =>
    discriminatorLogits(tiny.golden.config, trunk, head, {
      x: renoise(images, tiny.input('gen.tauDM'), noise),
      t: tiny.input('gen.tauDM'),
      rows: tiny.rows,
    });
  const head = () => goldenParameters(tiny.golden, 'gan.', headLayout(tiny.golden.config.width));

  test('generator: logits, loss and every gradient', async () => {
    const logits = discriminate(
      generatedImages(tiny),
      tiny.input('gen.epsDM'),
      tiny.teacher,
      head(),
    );
    const loss = generatorLoss(logits);
    const [logitValues, lossValue] = await compute(tiny.golden, [logits, one(loss)]);
    expectGolden(tiny.golden, 'gan.generator.logits', logitValues, FORWARD);
    expectGolden(tiny.golden, 'gan.generator.loss', lossValue, SCALAR);
    await expectGoldenGradients(
      tiny.golden,
      'gan.generator.grad.',
      [{ parameters: tiny.student, from: loss, seed: constant(1) }],
      GRADIENT,
    );
  });

  test('discriminator: loss and gradients of trunk and head', async () => {
    const parameters = head();
    const fake = discriminate(
      tiny.input('gen.x'),
      tiny.input('gen.epsDM'),
      tiny.teacher,
      parameters,
    );
    const real = discriminate(
      tiny.input('gan.real'),
      tiny.input('gan.epsReal'),
      tiny.teacher,
      parameters,
    );
    const loss = discriminatorLoss(fake, real);
    const [lossValue] = await compute(tiny.golden, [one(loss)]);
    expectGolden(tiny.golden, 'gan.discriminator.loss', lossValue, SCALAR);
    const of = { from: loss, seed: constant(1) };
    await expectGoldenGradients(
      tiny.golden,
      'gan.discriminator.grad.',
      [
        { ...of, parameters: tiny.teacher, except: NOT_IN_TRUNK },
        { ...of, parameters },
      ],
      GRADIENT,
    );
  });
});
