import { assignGradients } from '../../src/distill/programs/gradient';
import { declareTrainee, traineeVariables } from '../../src/distill/networks';
import type { Engine } from '../../src/graph/engine';
import { square, subtract } from '../../src/graph/ops/pointwise';
import { mean } from '../../src/graph/ops/reduce';
import { reshape } from '../../src/graph/ops/views';
import { adamStep, biasCorrection } from '../../src/graph/optimizers/adam';
import { constant, read, setting, variable } from '../../src/graph/tensor';
import { imageShape } from '../../src/models/dit/config';
import { ditVelocity } from '../../src/models/dit/dit';
import { ditLayout } from '../../src/models/dit/parameters';
import type { BenchNetwork } from './network';

/** A piece of work that can be done again and again. */
export interface Pass {
  readonly flops: number;
  /** Does it once; resolves when the GPU has done it. */
  readonly run: () => Promise<unknown>;
}

/** What a network alone is asked for. */
export interface Passes {
  /** Its velocity at a batch. */
  readonly forward: Pass;
  /** Forward, backward and Adam, by a flow-matching loss: an update of the critic without its draws. */
  readonly update: Pass;
  readonly destroy: () => void;
}

const ADAM = { learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Compiles the passes of a network at a batch. Throws GpuError where there is no memory. */
export const preparePasses = async (
  engine: Engine,
  { config, flat }: BenchNetwork,
  batch: number,
): Promise<Passes> => {
  const network = declareTrainee('network', ditLayout(config), false);
  engine.memory.write(network.parameters.flat, flat);
  const shape = imageShape(config, batch);
  const attributes = Object.keys(config.attributes).length;
  const [x, t] = [variable('x', shape), variable('t', [batch])];
  const rows = variable('rows', [batch, attributes], 'i32');
  const target = variable('target', shape);
  const velocity = ditVelocity(config, network.parameters, {
    x: read(x),
    t: read(t),
    rows: read(rows),
  });
  const loss = mean(square(subtract(velocity, read(target))));
  const [output, figure] = [variable('velocity', velocity.shape), variable('loss', [1])];
  const [forward, gradient, optimizer] = await Promise.all([
    engine.prepare({ name: 'forward', assign: [{ variable: output, value: velocity }] }),
    engine.prepare({
      name: 'gradient',
      assign: [
        { variable: figure, value: reshape(loss, [1]) },
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
    forward: {
      flops: forward.cost.flops,
      run: () => engine.record().run(forward).read(output).submit(),
    },
    update: {
      flops: gradient.cost.flops,
      run: () => {
        steps++;
        const corrections = {
          correction1: biasCorrection(ADAM.beta1, steps),
          correction2: biasCorrection(ADAM.beta2, steps),
        };
        return engine.record().run(gradient).run(optimizer, corrections).read(figure).submit();
      },
    },
    destroy: () => {
      for (const program of [forward, gradient, optimizer]) program.destroy();
      engine.memory.free([...traineeVariables(network), x, t, rows, target, output, figure]);
    },
  };
};
