import { gradients } from '../../../graph/differentiate';
import type { Engine } from '../../../graph/engine';
import { adamStep, biasCorrection } from '../../../graph/optimizers/adam';
import { square, subtract } from '../../../graph/ops/pointwise';
import { randomNormal, randomUniform } from '../../../graph/ops/random';
import { mean } from '../../../graph/ops/reduce';
import { reshape } from '../../../graph/ops/views';
import { PhiloxStream } from '../../../graph/philox';
import { constant, read, setting, variable } from '../../../graph/tensor';
import type { InGraphTeacher } from '../../../distill/networks';
import { renoise } from '../../../flow/renoise';
import { ParameterSet } from '../../../models/parameters';
import { initialPointMlp, type PointMlpConfig } from '../../../models/pointMlp';
import type { Mixture } from '../mixture';
import { mixtureData } from './data';

export interface FitOptions {
  /** u32. */
  readonly seed: number;
  /** Steps of Adam. */
  readonly steps: number;
  /** Points a step. */
  readonly batch: number;
  /** Adam's rate at the first step; it falls to 0 along half a cosine. */
  readonly learningRate: number;
}

/** How a fit is followed, and ended before it is done. */
export interface FitControl {
  /** Called with the steps done and wanted. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Once aborted, the fit rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** Steps whose errors are averaged into the one that is reported. */
const AVERAGED = 50;
/** Steps between two words of progress. */
const TOLD = 20;

const ADAM = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 } as const;

/** The streams of a fit; its programs share none with training. */
const STREAMS = { weights: 0, points: 1, tau: 2, noise: 3 } as const;

/** The network, the teacher it learns from, and their mixture. */
export interface FitTarget {
  readonly mixture: Mixture;
  readonly network: PointMlpConfig;
  readonly teacher: InGraphTeacher;
}

/**
 * Fits the teacher's parameters, from scratch, to its exact velocity: at points of the mixture
 * renoised to tau ~ U[0, 1), under their class or "any", where the exact target has no noise of its
 * own. Resolves to the root mean square error over the last steps, both coordinates together.
 */
export const fitVelocity = async (
  engine: Engine,
  { mixture, network, teacher }: FitTarget,
  { seed, steps, batch, learningRate }: FitOptions,
  { onProgress, signal }: FitControl = {},
): Promise<number> => {
  const { backbone, parameters } = teacher;
  const gradient = new ParameterSet('fit gradient', backbone.layout);
  const moment = (name: string) => variable(`fit ${name} moment`, [backbone.layout.size]);
  const [firstMoment, secondMoment] = [moment('first'), moment('second')];
  const points = variable('fit points', [batch, 2]);
  const rows = variable('fit prompts', [batch, 1], 'i32');
  const error = variable('fit error', [1]);

  const random = (stream: number) => ({
    seed: setting('fit.seed', 'u32'),
    step: setting('fit.step', 'u32'),
    stream,
  });
  const t = randomUniform([batch], random(STREAMS.tau));
  const noise = randomNormal([batch, 2], random(STREAMS.noise));
  const input = { x: renoise(read(points), t, noise), t, rows: read(rows) };
  const difference = subtract(backbone.velocity(parameters)(input), teacher.velocity(input));
  const loss = mean(square(difference));
  const names = parameters.trainable();
  const wanted = names.map((name) => parameters.tensor(name));
  const slopes = gradients([{ tensor: loss, gradient: constant(1) }], wanted);
  const [learn, step] = await engine.prepareAll([
    {
      name: 'fit',
      assign: [
        { variable: error, value: reshape(loss, [1]) },
        ...slopes.map((value, index) => ({ variable: gradient.window(names[index] ?? ''), value })),
      ],
    },
    {
      name: 'fit optimizer',
      assign: [],
      effects: [
        adamStep({
          ...ADAM,
          parameters: parameters.flat,
          firstMoment,
          secondMoment,
          gradient: gradient.flat,
          learningRate: setting('fit.learningRate'),
          correction1: setting('fit.correction1'),
          correction2: setting('fit.correction2'),
        }),
      ],
    },
  ]);
  if (!learn || !step) throw new RangeError('Nothing is planned.');

  const data = mixtureData(mixture);
  engine.memory.write(
    parameters.flat,
    initialPointMlp(network, new PhiloxStream(seed, STREAMS.weights, 0)),
  );
  const errors: number[] = [];
  const iterate = async (index: number): Promise<void> => {
    const real = data.images(new PhiloxStream(seed, STREAMS.points, index), batch, 'partial');
    const settings = {
      'fit.seed': { u32: seed },
      'fit.step': { u32: index },
      'fit.learningRate': 0.5 * learningRate * (1 + Math.cos((Math.PI * index) / steps)),
      'fit.correction1': biasCorrection(ADAM.beta1, index + 1),
      'fit.correction2': biasCorrection(ADAM.beta2, index + 1),
    };
    const recording = engine.record().run(learn, settings, [
      [points, real.images],
      [rows, real.rows],
    ]);
    const [value] = await recording.run(step, settings).read(error).submit();
    errors.push(value?.[0] ?? NaN);
  };
  try {
    const pending: Promise<void>[] = [];
    for (let index = 0; index < steps; index++) {
      signal?.throwIfAborted();
      pending.push(iterate(index));
      // Two under way keep the GPU busy; more would only fill its queue.
      if (pending.length > 1) await pending.shift();
      if ((index + 1) % TOLD === 0) onProgress?.(index + 1, steps);
    }
    await Promise.all(pending);
  } finally {
    learn.destroy();
    step.destroy();
    engine.memory.free([gradient.flat, firstMoment, secondMoment, points, rows, error]);
  }
  const last = errors.slice(-AVERAGED);
  return Math.sqrt((2 * last.reduce((sum, value) => sum + value, 0)) / last.length);
};
