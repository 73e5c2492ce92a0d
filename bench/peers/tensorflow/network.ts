import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Network } from '../framework';
import { ADAM } from '../../scale/passes';
import type { NetworkProblem } from '../problems/network';
import { onDevice, promptsOnDevice, readAndFree } from './arrays';
import { newTrainee } from './trainee';
import { tensorflowVelocity } from './velocity';

export const tensorflowNetwork = (problem: NetworkProblem): Promise<Network> => {
  const velocityOf = tensorflowVelocity(problem.config);
  const trainee = newTrainee(problem.weights, ADAM);
  const [x, t, target] = [problem.x, problem.t, problem.target].map(onDevice) as Triple;
  const rows = promptsOnDevice(problem.rows, problem.batch);
  const velocity = (): Tensor => velocityOf(trainee.weights, x, t, rows);
  const loss = (): Tensor => velocity().sub(target).square().mean();
  return Promise.resolve({
    forward: () => readAndFree(tf.tidy(velocity)),
    step: async () => {
      const [value] = await readAndFree(tf.tidy(() => trainee.minimise(loss)));
      return value ?? NaN;
    },
    destroy: () => {
      trainee.destroy();
      tf.dispose([x, t, target, rows]);
    },
  });
};

type Triple = [Tensor, Tensor, Tensor];
