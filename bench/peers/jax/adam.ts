import { numpy as np } from '@jax-js/jax';
import type { Array as JaxArray, Tree } from '@jax-js/jax';
import { scalar, take, weightsOnDevice, zerosLike } from './arrays';
import type { Weights } from '../problems/weights';

/** A network in training: weights and Adam's moments. */
export interface JaxTrainee {
  readonly p: Tree;
  readonly first: Tree;
  readonly second: Tree;
}

export interface AdamConstants {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export const newTrainee = (weights: Weights): JaxTrainee => {
  const p = weightsOnDevice(weights);
  return { p, first: zerosLike(p), second: zerosLike(p) };
};

/** 1 - beta^step of both moments, step from 1. */
export const corrections = ({ beta1, beta2 }: AdamConstants, step: number): Tree => ({
  c1: scalar(1 - beta1 ** step),
  c2: scalar(1 - beta2 ** step),
});

/** One step of Adam, to be traced; consumes all of its arguments. */
export const adam = (
  { learningRate, beta1, beta2, epsilon }: AdamConstants,
  { p, first, second }: JaxTrainee,
  gradient: Tree,
  correction: Tree,
): JaxTrainee => {
  const [c1, c2] = [take(correction, 'c1'), take(correction, 'c2')];
  const next = { p: {} as Tree, first: {} as Tree, second: {} as Tree };
  const moved = (moment: JaxArray, by: JaxArray, beta: number): JaxArray =>
    moment.mul(beta).add(by.mul(1 - beta));
  for (const name of Object.keys(p)) {
    const g = take(gradient, name);
    const m = moved(take(first, name), g.ref, beta1);
    const v = moved(take(second, name), np.square(g), beta2);
    const root = np.sqrt(v.ref.div(c2.ref)).add(epsilon);
    const direction = m.ref.div(c1.ref).div(root);
    next.p[name] = take(p, name).sub(direction.mul(learningRate));
    next.first[name] = m;
    next.second[name] = v;
  }
  c1.dispose();
  c2.dispose();
  return next;
};
