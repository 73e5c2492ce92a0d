import { parseArgs } from 'node:util';
import { UsageError } from '../src/cli/distillOptions';

/** What `npm run bench` was asked to do; undefined: as suits the adapter. */
export interface BenchOptions {
  readonly batch: number | undefined;
  readonly repetitions: number | undefined;
  readonly teacher: string;
  /** Measure both matmul variants side by side. */
  readonly variants: boolean;
  readonly json: string | undefined;
}

export const BENCH_USAGE = `Measures one distillation iteration (one-step student, CA + DM) and its products.

  npm run bench -- --batch 64 --json speed.json

  --batch N          images per update (default 64; 16 on a software adapter)
  --repetitions N    timed repetitions, at least 5 (default 20; 5 on a software adapter)
  --variants         time the other matmul variant too, in turns with the one in use
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

const whole = (
  name: string,
  text: string | undefined,
  min: number,
  max: number,
): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be a whole number from ${min} to ${max}, got ${text}.`);
};

/** Reads the arguments. Returns null when help was asked for. Throws UsageError. */
export const parseBenchOptions = (args: readonly string[]): BenchOptions | null => {
  const values = parse(args);
  if (values.help) return null;
  return {
    batch: whole('batch', values.batch, 1, 1024),
    repetitions: whole('repetitions', values.repetitions, 5, 1000),
    teacher: values.teacher,
    variants: values.variants,
    json: values.json,
  };
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};
