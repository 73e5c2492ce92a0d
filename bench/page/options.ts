import { z } from 'zod';

/** What is measured. */
export interface BenchOptions {
  /** Images an update. */
  readonly batches: readonly number[];
  /** The avatars' own network, and one of four times its size. */
  readonly networks: 'default' | 'both';
  /** Sizes of square products. */
  readonly squares: readonly number[];
  /** Repetitions of each, after one that warms up. */
  readonly repetitions: number;
}

/** As suits the adapter: a processor that stands in for a GPU takes seconds for each iteration. */
export const DEFAULTS: Readonly<Record<'hardware' | 'software', BenchOptions>> = {
  hardware: {
    batches: [16, 64, 256],
    networks: 'both',
    squares: [512, 1024, 2048, 4096],
    repetitions: 20,
  },
  software: { batches: [16], networks: 'default', squares: [512], repetitions: 5 },
};

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const list = (min: number, max: number) =>
  z.preprocess(
    (text) => (typeof text === 'string' ? text.split(',') : text),
    z.array(whole(min, max)).min(1).max(8),
  );

const schema = z.object({
  batches: list(1, 1024),
  networks: z.enum(['default', 'both']),
  squares: list(16, 4096),
  repetitions: whole(1, 1000),
});

const WORDS: Readonly<Record<string, string>> = {
  batches: 'whole numbers from 1 to 1024 with commas between',
  networks: 'default or both',
  squares: 'whole numbers from 16 to 4096 with commas between',
  repetitions: 'a whole number from 1 to 1000',
};

/**
 * Reads the parameters `batches`, `networks`, `squares` and `repetitions` of an address. What makes no
 * sense is left as it is by default, and told in `problems`.
 */
export const readOptions = (
  address: URL,
  defaults: BenchOptions,
): { options: BenchOptions; problems: string[] } => {
  const problems: string[] = [];
  const found = Object.entries(schema.shape).flatMap(([name, part]) => {
    const text = address.searchParams.get(name);
    if (text === null) return [];
    const read = part.safeParse(text);
    if (read.success) return [[name, read.data] as const];
    problems.push(`${name} is to be ${WORDS[name] ?? ''}, not “${text}”.`);
    return [];
  });
  return { options: schema.parse({ ...defaults, ...Object.fromEntries(found) }), problems };
};
