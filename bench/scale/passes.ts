import { assignGradients } from '../../src/distill/programs/gradient';
import { declareTrainee } from '../../src/distill/networks';
import type { Engine } from '../../src/graph/engine';
import { square, subtract } from '../../src/graph/ops/pointwise';
import { mean } from '../../src/graph/ops/reduce';
import { reshape } from '../../src/graph/ops/views';
import { adamStep, biasCorrection } from '../../src/graph/optimizers/adam';
import { constant, read, setting, variable, type Variable } from '../../src/graph/tensor';
import { imageShape } from '../../src/models/dit/config';
import { ditVelocity } from '../../src/models/dit/dit';
import { ditLayout } from '../../src/models/dit/parameters';
import type { BenchNetwork } from './network';

/** A piece of work that can be done again and again. */
export interface Pass<Result = unknown> {
  readonly flops: number;
  /** Does it once; resolves to what it gives when the GPU has done it. */
  readonly run: () => Promise<Result>;
}

/** What a network alone is asked for. */
export interface Passes {
  /** What it is asked about, zero until it is written: a batch, and the velocities that it is to learn. */
  readonly inputs: Readonly<Record<'x' | 't' | 'rows' | 'target', Variable>>;
  /** Its velocity at the batch. */
  readonly forward: Pass<Float32Array<ArrayBuffer>>;
  /** Forward, backward and Adam, by a flow-matching loss (an update of the critic without its draws): the loss. */
  readonly update: Pass<number>;
}

/** Adam as most would set it. */
export const ADAM = { learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Compiles the passes of a network at a batch, which last as long as their engine. Throws GpuError where there is no memory. */
export const preparePasses = async (
  engine: Engine,
  { config, flat }: Omit<BenchNetwork, 'name'>,
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
    inputs: { x, t, rows, target },
    forward: {
      flops: forward.cost.flops,
      run: async () => {
        const [values = new Float32Array()] = await engine
          .record()
          .run(forward)
          .read(output)
          .submit();
        return values;
      },
    },
    update: {
      flops: gradient.cost.flops,
      run: async () => {
        steps++;
        const corrections = {
          correction1: biasCorrection(ADAM.beta1, steps),
          correction2: biasCorrection(ADAM.beta2, steps),
        };
        const recording = engine.record().run(gradient).run(optimizer, corrections);
        const [value] = await recording.read(figure).submit();
        return value?.[0] ?? NaN;
      },
    },
  };
};
