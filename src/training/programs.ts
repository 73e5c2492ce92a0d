import { assignGradients } from '../distill/programs/gradient';
import type { Trainee } from '../distill/networks';
import { renoise } from '../flow/renoise';
import { sampleTau } from '../flow/sampleTau';
import { DISTRIBUTIONS } from '../flow/tauDistribution';
import { adamStep, clipFactor, USUAL_ADAM } from '../graph/optimizers/adam';
import { square, subtract } from '../graph/ops/pointwise';
import { randomNormal, type RandomSource } from '../graph/ops/random';
import { mean } from '../graph/ops/reduce';
import type { ProgramSpec } from '../graph/plan/program';
import { constant, read, setting, type Tensor, type Variable } from '../graph/tensor';
import type { DitConfig } from '../models/dit/config';
import { ditVelocity } from '../models/dit/dit';
import type { TeacherRecipe } from './recipe';
import { STREAMS } from './streams';

/** What a step reads besides the weights, and what it leaves behind. */
export interface StepMemory {
  /** (B, C, H, W), values in [-1, 1]. */
  readonly images: Variable;
  /** Their prompts as rows of the attribute table, i32 (B, A). */
  readonly rows: Variable;
  /** Mean squared error of the velocity, by image (B). */
  readonly losses: Variable;
  /** The times t that images were shown at (B), 0 = noise. */
  readonly times: Variable;
}

const random = (stream: number): RandomSource => ({
  seed: setting('training.seed', 'u32'),
  step: setting('training.step', 'u32'),
  stream,
});

/** Times t = sigmoid(mean + std z) of a batch. */
const drawTimes = (batch: number, { mean: logitMean, std }: TeacherRecipe['time']): Tensor =>
  sampleTau(batch, {
    ...random(STREAMS.times),
    distribution: constant(DISTRIBUTIONS.indexOf('logitNormal')),
    lo: constant(0),
    hi: constant(1),
    aboveT: constant(0),
    t: constant(0),
    logitMean: constant(logitMean),
    logitStd: constant(std),
    shift: constant(1),
  });

/** The flow-matching loss, mean ((v(x_t, t) - (x - eps))^2) with x_t = t x + (1 - t) eps, and its gradient. */
export const gradientProgram = (
  network: DitConfig,
  recipe: TeacherRecipe,
  trainee: Trainee,
  memory: StepMemory,
): ProgramSpec => {
  const x = read(memory.images);
  const t = drawTimes(recipe.batch, recipe.time);
  const noise = randomNormal(x.shape, random(STREAMS.noise));
  const velocity = ditVelocity(network, trainee.parameters, {
    x: renoise(x, t, noise),
    t,
    rows: read(memory.rows),
  });
  const losses = mean(square(subtract(velocity, subtract(x, noise))), [1, 2, 3]);
  return {
    name: 'teacher gradient',
    assign: [
      { variable: memory.losses, value: losses },
      { variable: memory.times, value: t },
      ...assignGradients(trainee, [{ tensor: mean(losses), gradient: constant(1) }]),
    ],
  };
};

/** Adam on all parameters with their moving average. */
export const optimizerProgram = (
  { gradientClip }: TeacherRecipe,
  { parameters, average, firstMoment, secondMoment, gradient }: Trainee,
): ProgramSpec => ({
  name: 'teacher optimizer',
  assign: [],
  effects: [
    adamStep({
      parameters: parameters.flat,
      firstMoment,
      secondMoment,
      ...(average && { average: average.flat, emaDecay: setting('training.emaDecay') }),
      gradient: gradient.flat,
      learningRate: setting('training.learningRate'),
      correction1: setting('training.correction1'),
      correction2: setting('training.correction2'),
      clipFactor: clipFactor(read(gradient.flat), constant(gradientClip)),
      ...USUAL_ADAM,
    }),
  ],
});
