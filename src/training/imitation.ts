import { assignGradients } from '../distill/programs/gradient';
import { declareTrainee, traineeVariables, type Teacher } from '../distill/networks';
import type { ImageSource } from '../distill/data';
import { Sequence } from '../distill/sequence';
import { staged, StagedProgram, unstaged } from '../distill/staged';
import { renoise } from '../flow/renoise';
import type { Engine } from '../graph/engine';
import { randomNormal, randomUniform } from '../graph/ops/random';
import { square, subtract } from '../graph/ops/pointwise';
import { mean } from '../graph/ops/reduce';
import { concat, detach, reshape } from '../graph/ops/views';
import { adamStep, biasCorrection, clipFactor } from '../graph/optimizers/adam';
import { cosineRate } from '../graph/optimizers/schedules';
import { PhiloxStream } from '../graph/philox';
import { constant, read, setting, variable } from '../graph/tensor';
import { ADAM } from './programs';

/** How students of a teacher made elsewhere get their start. */
export interface ImitationOptions {
  /** u32. */
  readonly seed: number;
  readonly steps: number;
  /** Images a step. */
  readonly batch: number;
  /** Of Adam, at its highest; it falls as a cosine to zero. */
  readonly learningRate: number;
}

/** How an imitation is followed, and ended before it is done. */
export interface ImitationControl {
  /** Called with the steps done and the error of the last one, as a share of the velocity's square. */
  readonly onStep?: (done: number, error: number) => void;
  /** Once aborted, the imitation rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** Global norm that gradients are clipped to: the first steps of random weights are wild. */
const GRADIENT_CLIP = 1;
/** Share of the steps in which the rate rises. */
const WARM_UP = 0.05;
/** Steps whose errors are averaged into the one that is reported at the end. */
const AVERAGED = 20;

const STREAMS = { images: 0, times: 1, noise: 2 } as const;

/**
 * Teaches the networks' start the velocity of a teacher that has another form, by regression: at real
 * images renoised to tau ~ U(0, 1), under their prompts with drop-out. The paper starts from the
 * teacher's own weights; where these do not fit, this stands in. Changes `teacher.parameters`, and
 * resolves to the error over the last steps: mean squared, as a share of the velocity's mean square.
 */
export const imitate = async (
  engine: Engine,
  teacher: Teacher,
  images: ImageSource,
  { seed, steps, batch, learningRate }: ImitationOptions,
  { onStep, signal }: ImitationControl = {},
): Promise<number> => {
  const { backbone, parameters } = teacher;
  const trainee = { ...declareTrainee('imitation', backbone.layout, false), parameters };
  const x = variable('imitation images', [batch, ...backbone.sampleShape]);
  const rows = variable('imitation prompts', [batch, backbone.promptRows], 'i32');
  const figures = variable('imitation figures', [2]);
  const random = (stream: number) => ({
    seed: setting('imitation.seed', 'u32'),
    step: setting('imitation.step', 'u32'),
    stream,
  });
  const learn = staged(teacher, (ask) => {
    const tau = randomUniform([batch], random(STREAMS.times));
    const noisy = renoise(read(x), tau, randomNormal(x.shape, random(STREAMS.noise)));
    const [wanted = noisy] = ask([{ x: noisy, tau, rows: read(rows) }]);
    const target = detach(wanted);
    const own = backbone.velocity(parameters)({ x: noisy, t: tau, rows: read(rows) });
    const loss = mean(square(subtract(own, target)));
    const scale = mean(square(target));
    const figure = concat([reshape(loss, [1]), reshape(scale, [1])], 0);
    return {
      name: 'imitation',
      assign: [
        { variable: figures, value: figure },
        ...assignGradients(trainee, [{ tensor: loss, gradient: constant(1) }]),
      ],
    };
  });
  const adam = unstaged({
    name: 'imitation optimizer',
    assign: [],
    effects: [
      adamStep({
        ...ADAM,
        parameters: parameters.flat,
        firstMoment: trainee.firstMoment,
        secondMoment: trainee.secondMoment,
        gradient: trainee.gradient.flat,
        learningRate: setting('imitation.learningRate'),
        correction1: setting('imitation.correction1'),
        correction2: setting('imitation.correction2'),
        clipFactor: clipFactor(read(trainee.gradient.flat), constant(GRADIENT_CLIP)),
      }),
    ],
  });
  const [gradient, optimizer] = await StagedProgram.prepareAll(engine, [learn, adam]);
  if (!gradient || !optimizer) throw new RangeError('Nothing is planned.');
  const errors: number[] = [];
  try {
    for (let index = 0; index < steps; index++) {
      signal?.throwIfAborted();
      const real = images(new PhiloxStream(seed, STREAMS.images, index), batch, 'partial');
      const rate = { peak: learningRate, warmUp: Math.ceil(WARM_UP * steps), steps };
      const settings = {
        'imitation.seed': { u32: seed },
        'imitation.step': { u32: index },
        'imitation.learningRate': cosineRate(rate, index),
        'imitation.correction1': biasCorrection(ADAM.beta1, index + 1),
        'imitation.correction2': biasCorrection(ADAM.beta2, index + 1),
      };
      const inputs = [
        [x, real.images],
        [rows, real.rows],
      ] as const;
      const [values] = await new Sequence(engine)
        .run(gradient, settings, inputs, real.rows)
        .run(optimizer, settings)
        .read(figures)
        .submit();
      const error = (values?.[0] ?? NaN) / (values?.[1] ?? NaN);
      errors.push(error);
      onStep?.(index + 1, error);
    }
  } finally {
    gradient.destroy();
    optimizer.destroy();
    const own = traineeVariables(trainee).filter((one) => one !== parameters.flat);
    engine.memory.free([...own, x, rows, figures]);
  }
  const last = errors.slice(-AVERAGED);
  return last.reduce((sum, error) => sum + error, 0) / last.length;
};
