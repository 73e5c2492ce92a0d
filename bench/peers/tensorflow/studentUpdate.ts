import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { DistillConfig } from '../../../src/distill/config';
import { at, type TensorMap } from './arrays';
import { cleanPrediction, generate, perSample, renoise } from './flow';
import type { TensorflowTrainee } from './trainee';
import type { TensorflowVelocity } from './velocity';

export interface RenoiseTensors {
  readonly tau: Tensor;
  readonly noise: Tensor;
}

export interface StudentDraws {
  readonly noise: Tensor;
  readonly rows: Tensor;
  readonly teacherRows: Tensor;
  readonly ca: RenoiseTensors;
  readonly dm: RenoiseTensors;
}

/** As in shaders/distill/normaliser.wgsl. */
const TINY = 1e-6;

/** Per sample: mean |gen - real|, held above zero. */
const normaliser = (gen: Tensor, real: Tensor): Tensor =>
  perSample(gen.sub(real).abs().mean([1, 2, 3]).maximum(TINY));

/** What CA and DM want of x_gen. */
const updatesOf = (
  velocity: TensorflowVelocity,
  guidanceScale: number,
  teacher: TensorMap,
  critic: TensorMap,
  { rows, teacherRows, ca, dm }: StudentDraws,
  gen: Tensor,
): { ca: Tensor; dm: Tensor } => {
  const xCa = renoise(gen, ca.tau, ca.noise);
  const xDm = renoise(gen, dm.tau, dm.noise);
  const x = tf.concat([xCa, xCa, xDm], 0);
  const tau = tf.concat([ca.tau, ca.tau, dm.tau], 0);
  const real = tf.split(cleanPrediction(x, tau, velocity(teacher, x, tau, teacherRows)), 3, 0);
  const [condCa, uncondCa, condDm] = [at(real, 0), at(real, 1), at(real, 2)];
  const fake = cleanPrediction(xDm, dm.tau, velocity(critic, xDm, dm.tau, rows));
  return {
    ca: condCa
      .sub(uncondCa)
      .mul(guidanceScale - 1)
      .div(normaliser(gen, condCa)),
    dm: condDm.sub(fake).div(normaliser(gen, condDm)),
  };
};

const rootMeanSquare = (of: Tensor): Tensor => of.square().mean().sqrt();

/** Moves the student along CA + DM; [norms of CA and DM, mean of x_gen], which are the caller's. */
export const studentUpdate = (
  velocity: TensorflowVelocity,
  config: DistillConfig,
  student: TensorflowTrainee,
  average: ReadonlyMap<string, tf.Variable>,
  teacher: TensorMap,
  critic: TensorMap,
  draws: StudentDraws,
): Tensor =>
  tf.tidy(() => {
    let figures: Tensor | undefined;
    // A function of its own to the tape, without a gradient: Delta is a constant to the student.
    const totalUpdate = tf.customGrad((gen) => {
      const { ca, dm } = updatesOf(velocity, config.guidanceScale, teacher, critic, draws, gen);
      figures = tf.keep(tf.stack([rootMeanSquare(ca), rootMeanSquare(dm), gen.mean()]));
      return { value: ca.add(dm), gradFunc: (dy) => tf.zerosLike(dy) };
    });
    student.minimise(() => {
      const gen = generate(velocity, student.weights, draws.noise, draws.rows);
      // d/dx_gen of this is -Delta / n.
      return gen.mul(totalUpdate(gen)).mean().mul(-1);
    });
    const { emaDecay } = config.student;
    for (const [name, follower] of average) {
      const leader = student.weights.get(name);
      if (leader) follower.assign(follower.mul(emaDecay).add(leader.mul(1 - emaDecay)));
    }
    if (!figures) throw new RangeError('The update was not computed.');
    return figures;
  });
