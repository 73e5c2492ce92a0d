import type { Engine } from '../../../src/graph/engine';
import { preparePasses } from '../../scale/passes';
import type { Network } from '../framework';
import type { NetworkProblem } from '../problems/network';

/** A network on an engine of its own: forward, gradient and optimizer are a program each. */
export const engineNetwork = async (engine: Engine, problem: NetworkProblem): Promise<Network> => {
  const { inputs, forward, update } = await preparePasses(engine, problem, problem.batch);
  engine.memory.write(inputs.x, problem.x.data);
  engine.memory.write(inputs.t, problem.t.data);
  engine.memory.write(inputs.rows, problem.rows);
  engine.memory.write(inputs.target, problem.target.data);
  return {
    forward: forward.run,
    step: update.run,
    destroy: () => {
      engine.destroy();
    },
  };
};
