import { parseArguments, wholeNumber } from '../src/cli/arguments';

/** What `npm run bench` was asked to do; undefined: as suits the adapter. */
export interface BenchOptions {
  readonly batch: number | undefined;
  readonly repetitions: number | undefined;
  readonly teacher: string;
  /** Measure both variants of products and of attention's gradient side by side. */
  readonly variants: boolean;
  readonly json: string | undefined;
}

export const BENCH_USAGE = `Measures one distillation iteration (one-step student, CA + DM) and its products.

  npm run bench -- --batch 64 --json speed.json

  --batch N          images per update (default 64; 16 on a software adapter)
  --repetitions N    timed repetitions, at least 5 (default 20; 5 on a software adapter)
  --variants         time the other variants of products and attention too, in turns
  --teacher FILE     a teacher's safetensors (default public/teachers/avatars.safetensors)
  --json FILE        write the figures there as well
  --help`;

const OPTIONS = {
  batch: { type: 'string' },
  repetitions: { type: 'string' },
  teacher: { type: 'string', default: 'public/teachers/avatars.safetensors' },
  variants: { type: 'boolean', default: false },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const optional = (
  name: string,
  text: string | undefined,
  min: number,
  max: number,
): number | undefined => (text === undefined ? undefined : wholeNumber(name, text, min, max));

/** Reads the arguments. Returns null when help was asked for. Throws UsageError. */
export const parseBenchOptions = (args: readonly string[]): BenchOptions | null => {
  const values = parseArguments(args, OPTIONS);
  if (values.help) return null;
  return {
    batch: optional('batch', values.batch, 1, 1024),
    repetitions: optional('repetitions', values.repetitions, 5, 1000),
    teacher: values.teacher,
    variants: values.variants,
    json: values.json,
  };
};
