import { numpy as np, tree, vjp } from '@jax-js/jax';
import type { Array as JaxArray, Tree } from '@jax-js/jax';
import type { DistillConfig } from '../../../src/distill/config';
import { ADAM } from '../../../src/distill/settings';
import { adam, type AdamConstants, type JaxTrainee } from './adam';
import { at, take } from './arrays';
import { cleanPrediction, generate, perSample, renoise } from './flow';
import type { JaxVelocity } from './velocity';

/** A student in training, with the moving average of its weights. */
export interface JaxStudent extends JaxTrainee {
  readonly average: Tree;
}

export interface StudentDraws {
  readonly noise: JaxArray;
  readonly rows: JaxArray;
  readonly teacherRows: JaxArray;
  readonly ca: Tree;
  readonly dm: Tree;
}

/** As in shaders/distill/normaliser.wgsl. */
const TINY = 1e-6;

export const studentAdam = ({ student: { learningRate } }: DistillConfig): AdamConstants => ({
  ...ADAM,
  learningRate,
});

/** Per sample: mean |gen - real|, held above zero. */
const normaliser = (gen: JaxArray, real: JaxArray): JaxArray => {
  const [batch = 1] = gen.shape;
  const distance = np.mean(np.absolute(gen.sub(real)).reshape([batch, -1]), 1);
  return perSample(np.maximum(distance, TINY));
};

const rootMeanSquare = (of: JaxArray): JaxArray => np.sqrt(np.mean(np.square(of))).reshape([1]);

/** Moves the student along CA + DM: [norms of CA and DM, mean of x_gen] and the student after it. */
export const studentUpdate =
  (velocity: JaxVelocity, config: DistillConfig) =>
  (
    { average, ...student }: JaxStudent,
    teacher: Tree,
    critic: Tree,
    correction: Tree,
    { noise, rows, teacherRows, ca, dm }: StudentDraws,
  ): [JaxArray, JaxStudent] => {
    const [gen, pull] = vjp(
      (p: Tree) => generate(velocity, p, noise, rows.ref),
      [tree.ref(student.p)],
    );
    const [tauCa, tauDm] = [take(ca, 'tau'), take(dm, 'tau')];
    const xCa = renoise(gen.ref, tauCa.ref, take(ca, 'noise'));
    const xDm = renoise(gen.ref, tauDm.ref, take(dm, 'noise'));

    const x = np.concatenate([xCa.ref, xCa, xDm.ref], 0);
    const tau = np.concatenate([tauCa.ref, tauCa, tauDm.ref], 0);
    const real = np.split(
      cleanPrediction(x.ref, tau.ref, velocity(teacher, x, tau, teacherRows)),
      3,
      0,
    );
    const [condCa, uncondCa, condDm] = [at(real, 0), at(real, 1), at(real, 2)];
    const fake = cleanPrediction(xDm.ref, tauDm.ref, velocity(critic, xDm, tauDm, rows));

    const normCa = normaliser(gen.ref, condCa.ref);
    const normDm = normaliser(gen.ref, condDm.ref);
    const deltaCa = condCa
      .sub(uncondCa)
      .mul(config.guidanceScale - 1)
      .div(normCa);
    const deltaDm = condDm.sub(fake).div(normDm);
    const figures = np.concatenate(
      [rootMeanSquare(deltaCa.ref), rootMeanSquare(deltaDm.ref), np.mean(gen.ref).reshape([1])],
      0,
    );
    const count = gen.shape.reduce((product, size) => product * size, 1);
    gen.dispose();

    // dL/dx_gen = -Delta / n.
    const [gradient] = pull(deltaCa.add(deltaDm).mul(-1 / count));
    pull.dispose();
    const next = adam(studentAdam(config), student, gradient, correction);
    return [figures, { ...next, average: followed(average, next.p, config.student.emaDecay) }];
  };

const followed = (average: Tree, p: Tree, decay: number): Tree =>
  Object.fromEntries(
    Object.keys(p).map((name) => [
      name,
      take(average, name)
        .mul(decay)
        .add(take(p, name).ref.mul(1 - decay)),
    ]),
  );
