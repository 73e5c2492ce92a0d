import { renoise } from '../flow/renoise';
import type { Engine } from '../graph/engine';
import { adamStep, biasCorrection, clipFactor, USUAL_ADAM } from '../graph/optimizers/adam';
import { cosineRate } from '../graph/optimizers/schedules';
import { square, subtract } from '../graph/ops/pointwise';
import { randomNormal, randomUniform } from '../graph/ops/random';
import { mean } from '../graph/ops/reduce';
import { concat, detach, reshape } from '../graph/ops/views';
import { PhiloxStream } from '../graph/philox';
import { constant, read, setting, variable, type Variable } from '../graph/tensor';
import type { ImageSource } from './data';
import { declareTrainee, traineeVariables, type Teacher, type Trainee } from './networks';
import { assignGradients } from './programs/gradient';
import { Sequence } from './sequence';
import { staged, StagedProgram, unstaged, type StagedSpec } from './staged';

/** How the networks' start learns a teacher's velocity. */
export interface RegressionOptions {
  /** u32. */
  readonly seed: number;
  readonly steps: number;
  /** Samples a step. */
  readonly batch: number;
  /** Of Adam, at its highest; it falls as a cosine to zero. */
  readonly learningRate: number;
}

/** What one kind of regression settles for all its runs. */
export interface RegressionKind {
  /** What programs, memory and settings are called after. */
  readonly name: string;
  /** Share of the steps in which the rate rises, [0, 1). */
  readonly warmUp: number;
  /** Global norm that gradients are clipped to; null: they are not. */
  readonly gradientClip: number | null;
  /** Random streams, which nothing else of the same seed may share. */
  readonly streams: { readonly samples: number; readonly times: number; readonly noise: number };
}

/** Figures of one step. */
export interface RegressionStep {
  /** Mean squared error of the velocity. */
  readonly error: number;
  /** Mean square of the velocity that is wanted. */
  readonly scale: number;
}

/** How a regression is followed, and ended before it is done. */
export interface RegressionControl {
  /** Called with the steps done and the figures of the last one. */
  readonly onStep?: (done: number, step: RegressionStep) => void;
  /** Once aborted, the regression rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What a step reads and leaves behind. */
interface Memory {
  readonly samples: Variable;
  readonly rows: Variable;
  /** Error and scale. */
  readonly figures: Variable;
}

/** mean (v(x_tau, tau) - v_teacher(x_tau, tau))^2 at tau ~ U[0, 1), and its gradient. */
const gradientSpec = (
  teacher: Teacher,
  trainee: Trainee,
  { samples, rows, figures }: Memory,
  { name, streams }: RegressionKind,
): StagedSpec => {
  const random = (stream: number) => ({
    seed: setting(`${name}.seed`, 'u32'),
    step: setting(`${name}.step`, 'u32'),
    stream,
  });
  return staged(teacher, (ask) => {
    const tau = randomUniform([samples.shape[0] ?? 1], random(streams.times));
    const x = renoise(read(samples), tau, randomNormal(samples.shape, random(streams.noise)));
    const [wanted = x] = ask([{ x, tau, rows: read(rows) }]);
    const target = detach(wanted);
    const velocity = teacher.backbone.velocity(trainee.parameters);
    const error = mean(square(subtract(velocity({ x, t: tau, rows: read(rows) }), target)));
    const scale = mean(square(target));
    return {
      name,
      assign: [
        { variable: figures, value: concat([reshape(error, [1]), reshape(scale, [1])], 0) },
        ...assignGradients(trainee, [{ tensor: error, gradient: constant(1) }]),
      ],
    };
  });
};

const optimizerSpec = (
  { parameters, firstMoment, secondMoment, gradient: { flat: gradient } }: Trainee,
  { name, gradientClip }: RegressionKind,
): StagedSpec =>
  unstaged({
    name: `${name} optimizer`,
    assign: [],
    effects: [
      adamStep({
        ...USUAL_ADAM,
        ...{ parameters: parameters.flat, firstMoment, secondMoment, gradient },
        learningRate: setting(`${name}.learningRate`),
        correction1: setting(`${name}.correction1`),
        correction2: setting(`${name}.correction2`),
        ...(gradientClip !== null && {
          clipFactor: clipFactor(read(gradient), constant(gradientClip)),
        }),
      }),
    ],
  });

/**
 * Teaches the networks' start the velocity of the teacher by regression: at real samples renoised to
 * tau ~ U[0, 1), under their prompts with drop-out. Changes `teacher.parameters`, from where they
 * stand; resolves to the figures of all steps. Throws GpuError when there is no memory for it.
 */
export const regress = async (
  engine: Engine,
  teacher: Teacher,
  data: ImageSource,
  { seed, steps, batch, learningRate }: RegressionOptions,
  kind: RegressionKind,
  { onStep, signal }: RegressionControl = {},
): Promise<RegressionStep[]> => {
  const { backbone, parameters, velocity } = teacher;
  const { name, warmUp, streams } = kind;
  const trainee = { ...declareTrainee(name, backbone.layout, false), parameters };
  const samples = variable(`${name} samples`, [batch, ...backbone.sampleShape]);
  const rows = variable(`${name} prompts`, [batch, backbone.promptRows], 'i32');
  const figures = variable(`${name} figures`, [2]);
  const memory: Memory = { samples, rows, figures };
  const rate = { peak: learningRate, warmUp: Math.ceil(warmUp * steps), steps };
  const done: RegressionStep[] = [];

  const iterate = async (programs: readonly StagedProgram[], index: number): Promise<void> => {
    const real = data(new PhiloxStream(seed, streams.samples, index), batch, 'partial');
    const settings = {
      [`${name}.seed`]: { u32: seed },
      [`${name}.step`]: { u32: index },
      [`${name}.learningRate`]: cosineRate(rate, index),
      [`${name}.correction1`]: biasCorrection(USUAL_ADAM.beta1, index + 1),
      [`${name}.correction2`]: biasCorrection(USUAL_ADAM.beta2, index + 1),
    };
    const inputs = [[samples, real.images] as const, [rows, real.rows] as const];
    const sequence = new Sequence(engine);
    programs.forEach((program, place) => {
      sequence.run(program, settings, place === 0 ? inputs : [], real.rows);
    });
    const [[error = NaN, scale = NaN] = []] = await sequence.read(figures).submit();
    const step = { error, scale };
    done.push(step);
    onStep?.(done.length, step);
  };

  // Two steps under way keep the GPU busy; one that asks outside comes in parts, which must not mix.
  const most = typeof velocity === 'function' ? 2 : 1;
  const pending: Promise<void>[] = [];
  let programs: readonly StagedProgram[] = [];
  try {
    const specs = [gradientSpec(teacher, trainee, memory, kind), optimizerSpec(trainee, kind)];
    programs = await StagedProgram.prepareAll(engine, specs);
    for (let index = 0; index < steps; index++) {
      signal?.throwIfAborted();
      const step = iterate(programs, index);
      // It may fail before its turn to be awaited; it is heard then.
      step.catch(() => undefined);
      pending.push(step);
      if (pending.length >= most) await pending.shift();
    }
    await Promise.all(pending);
    return done;
  } finally {
    // What is under way still needs its memory, and may fail as well.
    await Promise.allSettled(pending);
    for (const program of programs) program.destroy();
    const own = traineeVariables(trainee).filter((one) => one !== parameters.flat);
    engine.memory.free([...own, samples, rows, figures]);
  }
};
