import { add, multiply } from '../../graph/ops/pointwise';
import { randomNormal } from '../../graph/ops/random';
import { concat, slice } from '../../graph/ops/views';
import { read, type Tensor } from '../../graph/tensor';
import type { ArmMemory } from '../arm';
import type { DistillConfig } from '../config';
import { discriminatorLoss } from '../discriminatorLoss';
import { discriminate, type Point } from '../networks';
import { scalars } from '../settings';
import { unstaged, type StagedSpec } from '../staged';
import { STREAMS } from '../streams';
import { generate, lookAt } from './draws';
import { assignGradients, runningMean } from './gradient';

/** Standard deviation of the noise that the R1 penalty adds to what the discriminator sees. */
const NEAR = 0.01;

/**
 * One update of the discriminator: fresh images of the student without gradient against real ones,
 * both under the real images' prompts, each renoised to a tau of its own in the GAN term's range;
 * with `discriminator.r1` > 0 also the real ones a little further on, for the approximated R1.
 */
export const discriminatorGradient = (
  arm: ArmMemory,
  config: DistillConfig,
  step: number,
): StagedSpec => {
  const { discriminator } = arm.networks;
  const { backbone } = arm.teacher;
  const rows = read(arm.rows);
  const { gen, t } = generate(arm, config, step);
  const look = (images: Tensor, tau: number, noise: number): Point => ({
    ...lookAt(images, { range: 'gan', tau, noise, t }),
    rows,
  });
  const fake = look(gen, STREAMS.ganTau, STREAMS.ganNoise);
  const real = look(read(arm.realImages), STREAMS.realTau, STREAMS.realNoise);
  const points = [fake, real];
  if (config.discriminator.r1 > 0) {
    const little = multiply(
      NEAR,
      randomNormal(real.x.shape, {
        seed: scalars.seed(),
        step: scalars.step(),
        stream: STREAMS.nearNoise,
      }),
    );
    points.push({ ...real, x: add(real.x, little) });
  }
  const logits = discriminate(backbone, discriminator.parameters, {
    x: concat(
      points.map(({ x }) => x),
      0,
    ),
    tau: concat(
      points.map(({ tau }) => tau),
      0,
    ),
    rows: concat(
      points.map((point) => point.rows),
      0,
    ),
  });
  const part = (index: number): Tensor => slice(logits, 0, index * arm.batch, arm.batch);
  const loss = discriminatorLoss({
    fake: part(0),
    real: part(1),
    ...(points.length > 2 && { near: part(2) }),
    r1: scalars.r1(),
  });
  const seeds = [loss.ofFake, loss.ofReal, loss.ofNear].slice(0, points.length);
  return unstaged({
    name: `discriminator update, step ${step + 1}`,
    assign: [
      runningMean(arm.figures.discriminator, loss.figures),
      ...assignGradients(
        discriminator,
        [{ tensor: logits, gradient: concat(seeds, 0) }],
        discriminator.parameters.trainable().filter((name) => !backbone.isUnusedByFeatures(name)),
      ),
    ],
  });
};
