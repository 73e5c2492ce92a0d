import { parseLabConfig, type LabConfig } from '../lab/config';
import { parseEvaluationOptions, type EvaluationOptions } from '../lab/evaluationOptions';
import { labConfigOf, type Experiment } from '../lab/experiments/experiment';
import { EXPERIMENTS, findExperiment } from '../lab/experiments/registry';
import { parseCommand, UsageError, wholeNumber } from './arguments';
import { readShard, type Shard } from './shard';

/** A run, as `npm run lab -- e1 ...` asks for it. */
export interface RunOptions {
  readonly experiment: Experiment | null;
  /** Of the first seed; the others differ by their seed only. */
  readonly config: LabConfig;
  readonly seeds: readonly number[];
  readonly iterations: number;
  readonly evaluation: EvaluationOptions;
  /** Iterations at which all arms are evaluated and drawn besides, ascending. */
  readonly snapshots: readonly number[];
  /** Null: all of it here. */
  readonly shard: Shard | null;
  readonly teacher: string;
  /** Null: only pixels are measured. Undefined: that of the teacher's task. */
  readonly classifier: string | null | undefined;
  readonly cache: string;
  readonly out: string;
  /** Seconds between two saves. */
  readonly saveEvery: number;
}

export type LabCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'list' }
  | { readonly kind: 'merge'; readonly folders: readonly string[]; readonly out: string }
  | { readonly kind: 'run'; readonly options: RunOptions };

export const LAB_USAGE = `Runs the paper's experiments: several students of one teacher, in lockstep.

  npm run lab -- list                          the experiments
  npm run lab -- e1 --seeds 3 --out runs/e1    one of them; the same again goes on where it stopped
  npm run lab -- --config lab.json --out DIR   a lab of your own
  npm run lab -- merge DIR... --out DIR        joins what was run in parts

  --out DIR          records, CSV, contact sheets, checkpoints and report.html (default runs/EXPERIMENT)
  --iterations N     student updates (default: the experiment's)
  --seeds N          how many seeds (default: the experiment's), from
  --seed N           this one on (default 1)
  --arms A,B         only these arms
  --batch N          images an update (default: the experiment's)
  --prompts WHICH    full or partial prompts in training (default: the experiment's)
  --every N          iterations between evaluations (default 25; 0 = never)
  --samples N        images of an evaluation (default 256)
  --weights WHICH    evaluate raw or average weights (default average)
  --snapshots A,B    evaluate and draw at these iterations besides
  --teacher FILE     default public/teachers/avatars.safetensors
  --classifier FILE  default: that of the teacher's task; none: measure pixels only
  --shard I/N        only this part of all (seed, arm) pairs; also from SLURM_ARRAY_TASK_ID and
                     JOB_COMPLETION_INDEX, where
  --shards N         says how many there are
  --cache DIR        where the guided teacher's images are kept (default node_modules/.cache/lab)
  --save-every S     seconds between two saves (default 180)
  --help`;

const OPTIONS = {
  out: { type: 'string' },
  iterations: { type: 'string' },
  seeds: { type: 'string' },
  seed: { type: 'string' },
  arms: { type: 'string' },
  batch: { type: 'string' },
  prompts: { type: 'string' },
  every: { type: 'string', default: '25' },
  samples: { type: 'string', default: '256' },
  weights: { type: 'string', default: 'average' },
  snapshots: { type: 'string' },
  teacher: { type: 'string', default: 'public/teachers/avatars.safetensors' },
  classifier: { type: 'string' },
  config: { type: 'string' },
  shard: { type: 'string' },
  shards: { type: 'string' },
  cache: { type: 'string', default: 'node_modules/.cache/lab' },
  'save-every': { type: 'string', default: '180' },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseCommand<typeof OPTIONS>>['values'];

/** Iterations and seeds of a lab of one's own. */
const OWN = { iterations: 200, seeds: 1 };
const MOST_SEED = 0xffffffff;

const oneOf = <const Choice extends string>(
  name: string,
  text: string,
  choices: readonly Choice[],
): Choice => {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} must be ${choices.join(' or ')}, got ${text}.`);
};

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const experimentOf = (name: string): Experiment => {
  const experiment = findExperiment(name.toLowerCase());
  if (experiment) return experiment;
  const known = EXPERIMENTS.map(({ id }) => id).join(', ');
  throw new UsageError(`There is no experiment ${name}; there are ${known}.`);
};

/** The lab of an experiment or of a file, with what the options change of it. */
const configOf = (
  values: Values,
  experiment: Experiment | null,
  readJson: (file: string) => unknown,
): LabConfig => {
  const base = experiment ? labConfigOf(experiment) : parseLabConfig(readJson(values.config ?? ''));
  const wanted = values.arms === undefined ? null : listOf(values.arms);
  const ids = base.arms.map(({ id }) => id);
  const unknown = wanted?.find((id) => !ids.includes(id));
  if (unknown !== undefined || wanted?.length === 0) {
    throw new UsageError(`--arms takes some of ${ids.join(', ')}; got ${values.arms ?? ''}.`);
  }
  return parseLabConfig({
    ...base,
    ...(values.seed !== undefined && { seed: wholeNumber('seed', values.seed, 0, MOST_SEED) }),
    ...(values.batch !== undefined && { batch: wholeNumber('batch', values.batch, 1, 1024) }),
    ...(values.prompts !== undefined && {
      prompts: oneOf('prompts', values.prompts, ['full', 'partial']),
    }),
    arms: wanted ? base.arms.filter(({ id }) => wanted.includes(id)) : base.arms,
  });
};

const runOptions = (
  values: Values,
  experiment: Experiment | null,
  readJson: (file: string) => unknown,
  environment: Readonly<Record<string, string | undefined>>,
): RunOptions => {
  const config = configOf(values, experiment, readJson);
  const { iterations: usual, seeds: usualSeeds } = experiment ?? OWN;
  const iterations = wholeNumber('iterations', values.iterations ?? String(usual), 1, 1_000_000);
  const count = wholeNumber('seeds', values.seeds ?? String(usualSeeds), 1, 1000);
  const seeds = Array.from({ length: count }, (_, index) => config.seed + index);
  if ((seeds.at(-1) ?? 0) > MOST_SEED) throw new UsageError(`--seed leaves no room for ${count}.`);
  const shards =
    values.shards === undefined ? undefined : wholeNumber('shards', values.shards, 1, 10_000);
  const snapshots = values.snapshots === undefined ? [] : listOf(values.snapshots);
  return {
    experiment,
    config,
    seeds,
    iterations,
    evaluation: parseEvaluationOptions({
      every: wholeNumber('every', values.every, 0, 1_000_000),
      samples: wholeNumber('samples', values.samples, 8, 16384),
      weights: oneOf('weights', values.weights, ['raw', 'average']),
    }),
    snapshots: [
      ...new Set(snapshots.map((text) => wholeNumber('snapshots', text, 1, iterations))),
    ].sort((a, b) => a - b),
    shard: readShard(values.shard, shards, environment),
    teacher: values.teacher,
    classifier: values.classifier === 'none' ? null : values.classifier,
    cache: values.cache,
    out: values.out ?? `runs/${experiment?.id ?? 'lab'}`,
    saveEvery: wholeNumber('save-every', values['save-every'], 1, 86_400),
  };
};

/**
 * Reads the command line; `readJson` reads the file of `--config`, `environment` tells a scheduler's
 * task. Throws UsageError or ConfigError.
 */
export const parseLabCommand = (
  args: readonly string[],
  readJson: (file: string) => unknown,
  environment: Readonly<Record<string, string | undefined>>,
): LabCommand => {
  const { values, positionals } = parseCommand(args, OPTIONS);
  if (values.help) return { kind: 'help' };
  const [name, ...rest] = positionals;
  if (name === 'list') return { kind: 'list' };
  if (name === 'merge') {
    if (rest.length === 0 || values.out === undefined) {
      throw new UsageError('Write: npm run lab -- merge DIR... --out DIR');
    }
    return { kind: 'merge', folders: rest, out: values.out };
  }
  if (rest.length > 0) throw new UsageError(`One experiment at a time, got ${rest.join(' ')} too.`);
  if ((name === undefined) === (values.config === undefined)) {
    throw new UsageError('Name an experiment (npm run lab -- list) or a --config file, not both.');
  }
  const experiment = name === undefined ? null : experimentOf(name);
  return { kind: 'run', options: runOptions(values, experiment, readJson, environment) };
};
