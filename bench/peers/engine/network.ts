import { assignGradients } from '../../../src/distill/programs/gradient';
import { declareTrainee } from '../../../src/distill/networks';
import type { Engine } from '../../../src/graph/engine';
import { adamStep, biasCorrection } from '../../../src/graph/optimizers/adam';
import { square, subtract } from '../../../src/graph/ops/pointwise';
import { mean } from '../../../src/graph/ops/reduce';
import { reshape } from '../../../src/graph/ops/views';
import { constant, read, setting, variable, type Variable } from '../../../src/graph/tensor';
import { ditVelocity } from '../../../src/models/dit/dit';
import { ditLayout } from '../../../src/models/dit/parameters';
import type { Network } from '../framework';
import { ADAM, type NetworkProblem } from '../problems/network';

/** A network on an engine of its own: forward, gradient and optimizer are a program each. */
export const engineNetwork = async (engine: Engine, problem: NetworkProblem): Promise<Network> => {
  const { config, batch, flat } = problem;
  const network = declareTrainee('network', ditLayout(config), false);
  const given = (name: string, shape: readonly number[], data: Float32Array<ArrayBuffer>) => {
    const input = variable(name, shape);
    engine.memory.write(input, data);
    return read(input);
  };
  engine.memory.write(network.parameters.flat, flat);
  const rows: Variable = variable('rows', [batch, problem.rows.length / batch], 'i32');
  engine.memory.write(rows, problem.rows);
  const input = {
    x: given('x', problem.x.shape, problem.x.data),
    t: given('t', problem.t.shape, problem.t.data),
    rows: read(rows),
  };
  const target = given('target', problem.target.shape, problem.target.data);
  const velocity = ditVelocity(config, network.parameters, input);
  const loss = mean(square(subtract(velocity, target)));
  const [output, lossFigure] = [variable('velocity', velocity.shape), variable('loss', [1])];
  const [forward, gradient, optimizer] = await Promise.all([
    engine.prepare({ name: 'forward', assign: [{ variable: output, value: velocity }] }),
    engine.prepare({
      name: 'gradient',
      assign: [
        { variable: lossFigure, value: reshape(loss, [1]) },
        ...assignGradients(network, [{ tensor: loss, gradient: constant(1) }]),
      ],
    }),
    engine.prepare({
      name: 'optimizer',
      assign: [],
      effects: [
        adamStep({
          parameters: network.parameters.flat,
          firstMoment: network.firstMoment,
          secondMoment: network.secondMoment,
          gradient: network.gradient.flat,
          ...ADAM,
          learningRate: constant(ADAM.learningRate),
          correction1: setting('correction1'),
          correction2: setting('correction2'),
          weightDecay: 0,
        }),
      ],
    }),
  ]);
  let steps = 0;
  return {
    forward: async () => (await engine.record().run(forward).read(output).submit())[0] ?? [],
    step: async () => {
      steps++;
      const corrections = {
        correction1: biasCorrection(ADAM.beta1, steps),
        correction2: biasCorrection(ADAM.beta2, steps),
      };
      const recording = engine.record().run(gradient).run(optimizer, corrections);
      const [value] = await recording.read(lossFigure).submit();
      return value?.[0] ?? NaN;
    },
    destroy: () => {
      engine.destroy();
    },
  };
};
