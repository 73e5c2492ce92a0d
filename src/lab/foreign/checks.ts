import { Sampler } from '../../distill/sampler';
import { Sequence } from '../../distill/sequence';
import { staged, StagedProgram } from '../../distill/staged';
import { PREDICTIONS, type Prediction } from '../../flow/convention';
import type { Engine } from '../../graph/engine';
import { randomNormal } from '../../graph/ops/random';
import { constant, read, setting, variable } from '../../graph/tensor';
import { broadcastTo } from '../../graph/ops/views';
import type { OpenTask } from '../../tasks/task';
import { allFinite } from '../halts';
import { REFERENCE_STEPS } from '../reference';
import { ForeignTeacherError } from './inspection';
import type { ForeignTeacher } from './source';
import { askRaw, errorsAs, probeSet, type ProbeSet } from './probe';

/** What a few samples tell of a teacher made elsewhere. */
export interface ForeignChecks {
  /**
   * Squared error of its output near clean images as each kind of prediction, as a share of what
   * should be predicted: about 0 for the right kind, 1 or more for others.
   */
  readonly errors: Readonly<Record<Prediction, number>>;
  /**
   * |v(prompt) - v(null)| / |v(prompt)| at tau = 0.3, root mean squares: what CA is made of. Null
   * where it takes no condition.
   */
  readonly guidance: number | null;
  /** Images by Euler steps without guidance (count, 3, size, size), about -1 to 1. */
  readonly images: Float32Array<ArrayBuffer>;
  readonly shape: readonly [number, number, number, number];
  /** What looks wrong, a sentence or two each; empty where all is as it should be. */
  readonly warnings: readonly string[];
}

const COUNT = 8;
/** Where outputs are compared with what they should be: near enough to clean for a clear answer. */
const NEAR_CLEAN = 0.8;
const GUIDANCE_AT = 0.3;
/** Reaction to prompts below which CA is nothing. */
const NO_REACTION = 1e-3;
/** Error below which an output is what it is taken for. */
const RIGHT = 0.1;
/** Another kind fits better when its error is below this, and below this share of the chosen one's. */
const FITS = 0.6;
const CLEARLY_BETTER = 0.7;
/** Error from which nothing is predicted. */
const NOTHING = 0.9;
/** Largest value of an image that is no surprise. */
const WIDE = 4;

const WORDS: Readonly<Record<Prediction, string>> = {
  velocity: 'velocity (clean - noise)',
  reversedVelocity: 'reversed velocity (noise - clean)',
  noise: 'noise',
  clean: 'clean images',
};

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const rms = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** What the errors say against the description. */
const predictionWarnings = (
  chosen: Prediction,
  errors: ForeignChecks['errors'],
  reversedTime: number | null,
): string[] => {
  const best = PREDICTIONS.reduce((a, b) => (errors[b] < errors[a] ? b : a));
  const own = errors[chosen];
  const better = Math.min(FITS, CLEARLY_BETTER * own);
  if (own < RIGHT) return [];
  if (reversedTime !== null && reversedTime < better) {
    return [
      `Told the opposite times, the teacher predicts better (error ${percent(reversedTime)} against ${percent(own)}): exchange its times of noise and clean.`,
    ];
  }
  if (errors[best] < better) {
    return [
      `The output fits ${WORDS[best]} (error ${percent(errors[best])}) better than ${WORDS[chosen]} (error ${percent(own)}): choose what it predicts anew.`,
    ];
  }
  if (own > NOTHING) {
    return [
      `The output fits nothing that a teacher predicts (error ${percent(own)} as ${WORDS[chosen]}). Its images may not be those of this task, its times or its range of values others than described.`,
    ];
  }
  return [];
};

/** |v(prompt) - v(null)| / |v(prompt)|. */
const reactionTo = async (
  engine: Engine,
  teacher: ForeignTeacher,
  set: ProbeSet,
): Promise<number> => {
  const shape = [set.count, ...teacher.backbone.sampleShape];
  const [cond, uncond] = [variable('with prompt', shape), variable('without prompt', shape)];
  const rows = variable('probe prompts', [set.count, teacher.backbone.promptRows], 'i32');
  const noise = randomNormal(shape, {
    seed: setting('probe.seed', 'u32'),
    step: setting('probe.step', 'u32'),
    stream: 0,
  });
  const tau = broadcastTo(constant(GUIDANCE_AT), [set.count]);
  const program = await StagedProgram.prepare(
    engine,
    staged(teacher, (ask) => {
      const [withPrompt = noise, without = noise] = ask([
        { x: noise, tau, rows: read(rows) },
        { x: noise, tau, rows: null },
      ]);
      const assign = [
        { variable: cond, value: withPrompt },
        { variable: uncond, value: without },
      ];
      return { name: 'reaction to prompts', assign };
    }),
  );
  try {
    const settings = { 'probe.seed': { u32: 1 }, 'probe.step': { u32: 0 } };
    const [prompted = new Float32Array(), open = new Float32Array()] = await new Sequence(engine)
      .run(program, settings, [[rows, set.rows]], set.rows)
      .read(cond)
      .read(uncond)
      .submit();
    return rms(prompted.map((value, index) => value - (open[index] ?? NaN))) / rms(prompted);
  } finally {
    program.destroy();
    engine.memory.free([cond, uncond, rows]);
  }
};

/**
 * Tries a teacher made elsewhere on a few samples. Throws ForeignTeacherError where it cannot teach:
 * it does not run, or its numbers are not finite; what only looks wrong is a warning.
 */
export const checkForeign = async (
  engine: Engine,
  teacher: ForeignTeacher,
  task: OpenTask,
): Promise<ForeignChecks> => {
  const network = teacher.velocity;
  const { spec } = network;
  const set = probeSet(task, COUNT);
  const output = await askRaw(engine, network, set, NEAR_CLEAN);
  if (!allFinite(output)) {
    throw new ForeignTeacherError(
      'The output of this network is not finite for noisy images of the task. Check its range of times, or export it anew.',
    );
  }
  const errors = errorsAs(output, set);
  const reversed =
    spec.time.kind === 'linear'
      ? errorsAs(await askRaw(engine, network, set, NEAR_CLEAN, 1 - NEAR_CLEAN), set)
      : null;
  const warnings = predictionWarnings(spec.prediction, errors, reversed?.[spec.prediction] ?? null);

  const sampler = new Sampler(engine, teacher, COUNT);
  let images: Float32Array<ArrayBuffer>;
  try {
    images = await sampler.guided(REFERENCE_STEPS, 1, { rows: set.rows, count: COUNT, seed: 1 });
  } finally {
    await sampler.destroy();
  }
  if (!allFinite(images)) {
    throw new ForeignTeacherError(
      [
        `${REFERENCE_STEPS} Euler steps with this teacher end in numbers that are not finite. What it predicts, or how it counts time, is not as described.`,
        ...warnings,
      ].join(' '),
    );
  }
  const largest = images.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest > WIDE) {
    warnings.push(
      `Its images reach ${largest.toPrecision(2)}, where the task's end at 1. What it predicts, how it counts time, or its range of values may not be as described.`,
    );
  }

  const guidance = spec.condition ? await reactionTo(engine, teacher, set) : null;
  if (guidance === null) {
    warnings.push(
      'It takes no prompts, so guidance is zero: CA moves nothing, and DM teaches all prompts the same.',
    );
  } else if (guidance < NO_REACTION) {
    warnings.push(
      `Its prediction hardly changes with the prompt (by ${percent(guidance)}), so CA would be nothing. Check how prompts are put to it, and what stands for “any”.`,
    );
  }
  return { errors, guidance, images, shape: [COUNT, 3, task.size, task.size], warnings };
};
