import { parseArguments, UsageError, wholeNumber } from '../src/cli/arguments';
import type { KernelChoice } from '../src/graph/kernel';
import { VARIANTS } from '../src/graph/variants';

/** What `npm run bench` was asked to do; undefined: as suits the adapter. */
export interface BenchOptions {
  readonly batch: number | undefined;
  readonly repetitions: number | undefined;
  readonly teacher: string;
  /** Measure all variants of products and of attention's gradient side by side, and half precision. */
  readonly variants: boolean;
  /** Kernels to use whatever is fastest. */
  readonly forced: Partial<KernelChoice>;
  readonly json: string | undefined;
}

export const BENCH_USAGE = `Measures one distillation iteration (one-step student, CA + DM) and its products.

  npm run bench -- --batch 64 --json speed.json

  --batch N          images per update (default 64; 16 on a software adapter)
  --repetitions N    timed repetitions, at least 5 (default 20; 5 on a software adapter)
  --variants         time the other variants of products and attention too, in turns; and an
                     iteration in single and in half precision, where the adapter has it
  --matmul NAME      products by these kernels, not the fastest: ${VARIANTS.matmul.join(', ')}
  --reduce NAME      sums by these kernels: ${VARIANTS.reduce.join(', ')}
  --teacher FILE     a teacher's safetensors (default public/teachers/avatars.safetensors)
  --json FILE        write the figures there as well
  --help`;

const OPTIONS = {
  batch: { type: 'string' },
  repetitions: { type: 'string' },
  teacher: { type: 'string', default: 'public/teachers/avatars.safetensors' },
  variants: { type: 'boolean', default: false },
  matmul: { type: 'string' },
  reduce: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const optional = (
  name: string,
  text: string | undefined,
  min: number,
  max: number,
): number | undefined => (text === undefined ? undefined : wholeNumber(name, text, min, max));

const oneOf = <Name extends string>(
  option: string,
  names: readonly Name[],
  text: string | undefined,
): Name | undefined => {
  const found = names.find((name) => name === text);
  if (text === undefined || found !== undefined) return found;
  throw new UsageError(`--${option} is one of ${names.join(', ')}, not “${text}”.`);
};

/** Reads the arguments. Returns null when help was asked for. Throws UsageError. */
export const parseBenchOptions = (args: readonly string[]): BenchOptions | null => {
  const values = parseArguments(args, OPTIONS);
  if (values.help) return null;
  const matmul = oneOf('matmul', VARIANTS.matmul, values.matmul);
  const reduce = oneOf('reduce', VARIANTS.reduce, values.reduce);
  return {
    batch: optional('batch', values.batch, 1, 1024),
    repetitions: optional('repetitions', values.repetitions, 5, 1000),
    teacher: values.teacher,
    variants: values.variants,
    forced: { ...(matmul && { matmul }), ...(reduce && { reduce }) },
    json: values.json,
  };
};
