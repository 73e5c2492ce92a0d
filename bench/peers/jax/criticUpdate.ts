import { tree, valueAndGrad } from '@jax-js/jax';
import type { Array as JaxArray, Tree } from '@jax-js/jax';
import type { DistillConfig } from '../../../src/distill/config';
import { ADAM } from '../../../src/distill/settings';
import { adam, type AdamConstants, type JaxTrainee } from './adam';
import { take } from './arrays';
import { generate, renoise } from './flow';
import { flowMatchingLoss, type JaxVelocity } from './velocity';

export interface CriticDraws {
  readonly noise: JaxArray;
  readonly rows: JaxArray;
  readonly look: Tree;
}

export const criticAdam = ({ critic: { learningRate } }: DistillConfig): AdamConstants => ({
  ...ADAM,
  learningRate,
});

/** Flow matching on fresh images of the student: its loss, and the critic after it. */
export const criticUpdate =
  (velocity: JaxVelocity, config: DistillConfig) =>
  (
    critic: JaxTrainee,
    student: Tree,
    correction: Tree,
    { noise, rows, look }: CriticDraws,
  ): [JaxArray, JaxTrainee] => {
    const gen = generate(velocity, student, noise, rows.ref);
    const [tau, eps] = [take(look, 'tau'), take(look, 'noise')];
    const x = renoise(gen.ref, tau.ref, eps.ref);
    const lossAndGradient = valueAndGrad(flowMatchingLoss(velocity));
    const [loss, gradient] = lossAndGradient(tree.ref(critic.p), x, tau, rows, gen.sub(eps));
    return [loss, adam(criticAdam(config), critic, gradient, correction)];
  };
