import { mean } from '../../graph/ops/reduce';
import { square, subtract } from '../../graph/ops/pointwise';
import { reshape } from '../../graph/ops/views';
import { constant, read } from '../../graph/tensor';
import type { ArmMemory } from '../arm';
import type { DistillConfig } from '../config';
import { unstaged, type StagedSpec } from '../staged';
import { STREAMS } from '../streams';
import { generate, lookAt } from './draws';
import { assignGradients, runningMean } from './gradient';

/** The critic's flow-matching loss on fresh images of the student (Algorithm 1, step 4). */
export const criticGradient = (arm: ArmMemory, config: DistillConfig, step: number): StagedSpec => {
  const { critic } = arm.networks;
  const { gen } = generate(arm, config, step);
  const { x, tau, noise } = lookAt(gen, {
    range: 'critic',
    tau: STREAMS.criticTau,
    noise: STREAMS.criticNoise,
    t: constant(0),
  });
  const velocity = arm.teacher.backbone.velocity(critic.parameters)({
    x,
    t: tau,
    rows: read(arm.rows),
  });
  const loss = mean(square(subtract(velocity, subtract(gen, noise))));
  return unstaged({
    name: `critic update, step ${step + 1}`,
    assign: [
      runningMean(arm.figures.critic, reshape(loss, [1])),
      ...assignGradients(critic, [{ tensor: loss, gradient: constant(1) }]),
    ],
  });
};
