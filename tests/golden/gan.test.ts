import { describe } from 'vitest';
import { discriminatorLoss } from '../../src/distill/discriminatorLoss';
import { TERMS } from '../../src/distill/terms/registry';
import { updateGradient } from '../../src/distill/terms/updateLoss';
import { renoise } from '../../src/flow/renoise';
import { concat, slice } from '../../src/graph/ops/views';
import { constant, type Tensor } from '../../src/graph/tensor';
import { discriminatorLogits, headLayout } from '../../src/models/discriminator';
import { ditBackbone } from '../../src/models/dit/backbone';
import type { ParameterSet } from '../../src/models/parameters';
import * as reference from '../reference/distill';
import { test } from '../support/gpu';
import { expectGoldenGradients } from './gradients';
import { compute, expectGolden, goldenParameters } from './network';
import { termContext } from './termContext';
import { generatedImages, openTiny, type Tiny } from './tiny';
import { FORWARD, GRADIENT, SCALAR } from './tolerances';

/** The layer that a discriminator's trunk leaves out. */
const NOT_IN_TRUNK = /^final\.linear/;

let tiny: Tiny;

test.beforeAll(async ({ gpu }) => {
  tiny = await openTiny(gpu);
});

describe('GAN', () => {
  const discriminate = (images: Tensor, noise: Tensor, trunk: ParameterSet, head: ParameterSet) =>
    discriminatorLogits(ditBackbone(tiny.golden.config), trunk, head, {
      x: renoise(images, tiny.input('gen.tauDM'), noise),
      t: tiny.input('gen.tauDM'),
      rows: tiny.rows,
    });
  const head = () => goldenParameters(tiny.golden, 'gan.', headLayout(tiny.golden.config.width));

  test('generator: logits, loss and every gradient, from the update of the term', async () => {
    const gen = generatedImages(tiny);
    const logits = discriminate(gen, tiny.input('gen.epsDM'), tiny.teacher, head());
    const [logitValues = []] = await compute(tiny.golden, [logits]);
    expectGolden(tiny.golden, 'gan.generator.logits', logitValues, FORWARD);
    const loss = reference.generatorLoss([...logitValues]);
    expectGolden(tiny.golden, 'gan.generator.loss', [loss], SCALAR);
    // The term as the trainer runs it: Delta, then the student's gradient of dL/dx_gen = -Delta / n.
    const tau = tiny.input('gen.tauDM');
    const delta = TERMS.gan.update(
      termContext(gen, {
        point: { x: renoise(gen, tau, tiny.input('gen.epsDM')), tau, rows: tiny.rows },
        discriminate: ({ x, tau: t, rows }) =>
          discriminatorLogits(ditBackbone(tiny.golden.config), tiny.teacher, head(), {
            x,
            t,
            rows,
          }),
      }),
    );
    await expectGoldenGradients(
      tiny.golden,
      'gan.generator.grad.',
      [{ parameters: tiny.student, from: gen, seed: updateGradient(delta) }],
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
    const logits = concat([fake, real], 0);
    const [batch = 1] = fake.shape;
    const loss = discriminatorLoss({
      fake: slice(logits, 0, 0, batch),
      real: slice(logits, 0, batch, batch),
      r1: constant(0),
    });
    const [lossValue] = await compute(tiny.golden, [slice(loss.figures, 0, 0, 1)]);
    expectGolden(tiny.golden, 'gan.discriminator.loss', lossValue, SCALAR);
    const of = { from: logits, seed: concat([loss.ofFake, loss.ofReal], 0) };
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
