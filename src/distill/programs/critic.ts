import { partAt } from '../../graph/ops/partAt';
import { square, subtract } from '../../graph/ops/pointwise';
import { mean } from '../../graph/ops/reduce';
import { reshape } from '../../graph/ops/views';
import { constant, read } from '../../graph/tensor';
import type { ArmMemory, CriticBatch } from '../arm';
import type { DistillConfig } from '../config';
import { scalars } from '../settings';
import { unstaged, type StagedSpec } from '../staged';
import { STREAMS } from '../streams';
import { generate, lookAt } from './draws';
import { assignGradients, runningMean } from './gradient';

/**
 * Images of the student at step `step` (from 0) of its schedule for a batch of the critic's updates:
 * within an iteration all of them see the same student. What is drawn is what as many programs of one
 * update would draw, at the first's random step and those after it.
 */
export const criticImages = (
  arm: ArmMemory,
  config: DistillConfig,
  step: number,
  { rows, images, updates }: CriticBatch,
): StagedSpec =>
  unstaged({
    name: `images for the critic, step ${step + 1}`,
    assign: [
      {
        variable: images,
        value: generate(arm, config, step, { rows: read(rows), updates }).gen,
      },
    ],
  });

/** The critic's flow-matching loss on its images of this update (Algorithm 1, step 4). */
export const criticGradient = (
  arm: ArmMemory,
  { rows, images, updates }: CriticBatch,
): StagedSpec => {
  const { critic } = arm.networks;
  const gen = partAt(read(images), updates, scalars.update());
  const { x, tau, noise } = lookAt(gen, {
    range: 'critic',
    tau: STREAMS.criticTau,
    noise: STREAMS.criticNoise,
    t: constant(0),
  });
  const velocity = arm.teacher.backbone.velocity(critic.parameters)({
    x,
    t: tau,
    rows: partAt(read(rows), updates, scalars.update()),
  });
  const loss = mean(square(subtract(velocity, subtract(gen, noise))));
  return unstaged({
    name: 'critic update',
    assign: [
      runningMean(arm.figures.critic, reshape(loss, [1])),
      ...assignGradients(critic, [{ tensor: loss, gradient: constant(1) }]),
    ],
  });
};
