import { drawRenoised, type Renoised } from '../../flow/drawRenoised';
import { renoise } from '../../flow/renoise';
import { randomNormal, type RandomSource } from '../../graph/ops/random';
import { broadcastTo } from '../../graph/ops/views';
import { read, type Tensor } from '../../graph/tensor';
import type { ArmMemory } from '../arm';
import type { DistillConfig, TauTermId } from '../config';
import { generatorStep, simulate, type Generator } from '../generate';
import { scalars, tauScalars } from '../settings';
import { STREAMS } from '../streams';

/** The source of a stream in the update at hand. */
export const random = (stream: number): RandomSource => ({
  seed: scalars.seed(),
  step: scalars.step(),
  stream,
});

/** Noise that the student meets at step `step` (from 0) of its schedule, shaped like `images`. */
const stepNoise = (images: readonly number[], step: number, updates: number): Tensor =>
  randomNormal(
    images,
    random(step === 0 ? STREAMS.initialNoise : STREAMS.simulationNoise + step),
    updates,
  );

/** What a student is asked for: prompts (updates * B, A), for so many updates one after another. */
interface Asked {
  readonly rows: Tensor;
  readonly updates: number;
}

/** Whether step `step` (from 0) begins from the teacher's samples in place of the student's own. */
export const startsFromTeacher = ({ student }: DistillConfig, step: number): boolean =>
  student.start === 'teacher' && step > 0;

/** z_t at step `step`, the input of the student; no gradient flows into it. */
const startingPoint = (
  arm: ArmMemory,
  config: DistillConfig,
  step: number,
  generator: Generator,
  updates: number,
): Tensor => {
  const [batch = 1, ...sample] = arm.teacherSamples.shape;
  const images = [updates * batch, ...sample];
  if (startsFromTeacher(config, step)) {
    const t = broadcastTo(scalars.time(step), [batch]);
    return renoise(read(arm.teacherSamples), t, stepNoise(images, step, updates));
  }
  const steps = Array.from({ length: step + 1 }, (_, index) => index);
  return simulate(generator, {
    times: steps.map((index) => scalars.time(index)),
    noises: steps.map((index) => stepNoise(images, index, updates)),
  });
};

/**
 * x_gen (updates * B, ...) at step `step` (from 0) of the schedule, and that step's time; by default of
 * the update at hand. Only a step that does not start from the teacher can be asked for several.
 */
export const generate = (
  arm: ArmMemory,
  config: DistillConfig,
  step: number,
  { rows, updates }: Asked = { rows: read(arm.rows), updates: 1 },
): { gen: Tensor; t: Tensor } => {
  const generator: Generator = {
    velocity: arm.teacher.backbone.velocity(arm.networks.student.parameters),
    rows,
  };
  const t = scalars.time(step);
  const z = startingPoint(arm, config, step, generator, updates);
  return { gen: generatorStep(generator, z, t), t };
};

/** Where to look at images: whose range of noise levels, and which streams tau and noise are of. */
export interface Look {
  readonly range: TauTermId | 'critic';
  readonly tau: number;
  readonly noise: number;
  /** The student's time, for ranges that are bound to it. */
  readonly t: Tensor;
}

/** x_tau = tau x + (1 - tau) noise at freshly drawn tau and noise. */
export const lookAt = (images: Tensor, { range, tau, noise, t }: Look): Renoised =>
  drawRenoised(images, { ...random(tau), ...tauScalars(range), t }, noise);
