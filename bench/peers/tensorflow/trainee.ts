import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Weights } from '../problems/weights';
import { variables, type VariableMap } from './arrays';

/** A network in training. */
export interface TensorflowTrainee {
  readonly weights: VariableMap;
  /** Moves the weights by the gradient of a loss; the loss, which is the caller's. */
  readonly minimise: (loss: () => Tensor) => Tensor;
  /** Adam's first moments, by name. They are the trainee's. */
  readonly firstMoments: () => Promise<[string, Tensor][]>;
  readonly destroy: () => void;
}

export interface AdamConstants {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export const newTrainee = (
  initial: Weights,
  { learningRate, beta1, beta2, epsilon }: AdamConstants,
): TensorflowTrainee => {
  const weights = variables(initial);
  const optimizer = tf.train.adam(learningRate, beta1, beta2, epsilon);
  const list = [...weights.values()];
  return {
    weights,
    minimise: (loss) => optimizer.minimize(loss, true, list),
    firstMoments: async () => {
      // The number of iterations, then the first moments, then the second.
      const kept = (await optimizer.getWeights()).slice(1);
      return [...weights.keys()].flatMap((name, index): [string, Tensor][] => {
        const moment = kept[index];
        return moment ? [[name, moment.tensor]] : [];
      });
    },
    destroy: () => {
      optimizer.dispose();
      tf.dispose(list);
    },
  };
};
