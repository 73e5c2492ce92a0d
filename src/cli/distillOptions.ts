import { parseConfig, type DistillConfig } from '../distill/config';
import { parseArguments, UsageError, wholeNumber } from './arguments';

/** What `npm run distill` was asked to do. */
export interface DistillOptions {
  readonly iterations: number;
  readonly out: string;
  readonly teacher: string;
  readonly images: number;
  readonly gridSeed: number;
  /** Iterations after which a row of samples is drawn, ascending; the last is `iterations`. */
  readonly snapshots: readonly number[];
  readonly config: DistillConfig;
}

export const DISTILL_USAGE = `Distils a one-step (or few-step) student from a teacher, by default that of the avatars.

  npm run distill -- --iterations 200 --out runs/first

  --iterations N       student updates (default 200)
  --out DIR            where samples.png, metrics.csv, config.json and the students go (default runs/distill)
  --without TERM       switch a term off: ca or dm (may be repeated)
  --guidance A         guidance scale alpha of CA (default 4)
  --steps N            steps of the student, 1 to 8 (default 1)
  --batch N            images per update (default 64)
  --critic-updates N   critic updates per student update, 0 to 10 (default 3)
  --seed N             seed of noise and prompts (default 1)
  --full-prompts       give every attribute in every prompt
  --config FILE        a JSON configuration; the options above override it
  --teacher FILE       a teacher's safetensors (default public/teachers/avatars.safetensors)
  --images N           images in a row of samples.png (default 12)
  --grid-seed N        seed of the samples' noise and prompts (default 7)
  --snapshots A,B,C    iterations to draw (default: five, spread over the run)
  --help`;

const OPTIONS = {
  iterations: { type: 'string', default: '200' },
  out: { type: 'string', default: 'runs/distill' },
  without: { type: 'string', multiple: true, default: [] as string[] },
  guidance: { type: 'string' },
  steps: { type: 'string' },
  batch: { type: 'string' },
  'critic-updates': { type: 'string' },
  seed: { type: 'string' },
  'full-prompts': { type: 'boolean', default: false },
  config: { type: 'string' },
  teacher: { type: 'string', default: 'public/teachers/avatars.safetensors' },
  images: { type: 'string', default: '12' },
  'grid-seed': { type: 'string', default: '7' },
  snapshots: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const SNAPSHOTS = 5;

const number = (name: string, text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new UsageError(`--${name} must be a number, got ${text}.`);
  }
  return value;
};

const snapshotsOf = (text: string | undefined, iterations: number): number[] => {
  const asked =
    text === undefined
      ? Array.from({ length: SNAPSHOTS }, (_, i) => Math.ceil((iterations * (i + 1)) / SNAPSHOTS))
      : text.split(',').map((part) => wholeNumber('snapshots', part, 1, iterations));
  return [...new Set([...asked, iterations])].sort((a, b) => a - b);
};

/**
 * Reads the arguments; `readJson` reads the file of `--config`. Returns null when help was asked
 * for. Throws UsageError or ConfigError.
 */
export const parseDistillOptions = (
  args: readonly string[],
  readJson: (file: string) => unknown,
): DistillOptions | null => {
  const values = parseArguments(args, OPTIONS);
  if (values.help) return null;
  const base = parseConfig(values.config === undefined ? {} : readJson(values.config));
  const off = new Set(values.without);
  for (const term of off) {
    if (term !== 'ca' && term !== 'dm') {
      throw new UsageError(`--without takes ca or dm, got ${term}.`);
    }
  }
  const iterations = wholeNumber('iterations', values.iterations, 1, 1_000_000);
  const config = parseConfig({
    ...base,
    ...(values.seed !== undefined && { seed: number('seed', values.seed) }),
    ...(values.batch !== undefined && { batch: number('batch', values.batch) }),
    ...(values.guidance !== undefined && { guidanceScale: number('guidance', values.guidance) }),
    ...(values['full-prompts'] && { prompts: 'full' }),
    student: {
      ...base.student,
      ...(values.steps !== undefined && { steps: number('steps', values.steps) }),
    },
    critic: {
      ...base.critic,
      ...(values['critic-updates'] !== undefined && {
        updates: number('critic-updates', values['critic-updates']),
      }),
    },
    terms: {
      ...base.terms,
      ca: { ...base.terms.ca, ...(off.has('ca') && { enabled: false }) },
      dm: { ...base.terms.dm, ...(off.has('dm') && { enabled: false }) },
    },
  });
  return {
    iterations,
    out: values.out,
    teacher: values.teacher,
    images: wholeNumber('images', values.images, 1, 256),
    gridSeed: wholeNumber('grid-seed', values['grid-seed'], 0, 0xffffffff),
    snapshots: snapshotsOf(values.snapshots, iterations),
    config,
  };
};
