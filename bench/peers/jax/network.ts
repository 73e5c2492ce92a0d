import { jit, tree, valueAndGrad } from '@jax-js/jax';
import type { Array as JaxArray, Tree } from '@jax-js/jax';
import type { Network } from '../framework';
import { ADAM } from '../../scale/passes';
import type { NetworkProblem } from '../problems/network';
import { adam, corrections, newTrainee, type JaxTrainee } from './adam';
import { onDevice, promptsOnDevice } from './arrays';
import { flowMatchingLoss, jaxVelocity } from './velocity';

/** The whole step under jit. */
export const jaxNetwork = (problem: NetworkProblem): Promise<Network> => {
  const velocity = jaxVelocity(problem.config);
  const lossAndGradient = valueAndGrad(flowMatchingLoss(velocity));
  const forward = jit(velocity);
  const step = jit(
    (trainee: JaxTrainee, correction: Tree, ...batch: Batch): [JaxArray, JaxTrainee] => {
      const [loss, gradient] = lossAndGradient(tree.ref(trainee.p), ...batch);
      return [loss, adam(ADAM, trainee, gradient, correction)];
    },
  );

  let trainee = newTrainee(problem.weights);
  const [x, t, target] = [problem.x, problem.t, problem.target].map(onDevice) as Triple;
  const rows = promptsOnDevice(problem.rows, problem.batch);
  let steps = 0;
  return Promise.resolve({
    forward: () => forward(tree.ref(trainee.p), x.ref, t.ref, rows.ref).data(),
    step: async () => {
      const correction = corrections(ADAM, ++steps);
      const [loss, next] = step(trainee, correction, x.ref, t.ref, rows.ref, target.ref);
      trainee = next;
      return (await loss.data())[0] ?? NaN;
    },
    destroy: () => {
      tree.dispose([trainee, x, t, target, rows]);
      forward.dispose();
      step.dispose();
    },
  });
};

type Batch = [x: JaxArray, t: JaxArray, rows: JaxArray, target: JaxArray];
type Triple = [JaxArray, JaxArray, JaxArray];
