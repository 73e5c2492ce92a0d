import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { armConfigSchema, type LabConfig } from '../lab/config';
import { evaluationOptionsSchema } from '../lab/evaluationOptions';
import { UsageError } from './arguments';
import { readJsonFile, writeWhole } from './files';
import type { RunOptions } from './labOptions';

/** What a folder holds the results of: enough to refuse another run, and to merge its parts. */
const planSchema = z.strictObject({
  version: z.literal(1),
  experiment: z.string().nullable(),
  batch: z.int(),
  prompts: z.string(),
  /** All arms of the run, also those that other shards have. */
  arms: z.array(z.strictObject({ id: z.string(), name: z.string(), config: armConfigSchema })),
  seeds: z.array(z.int()),
  iterations: z.int(),
  snapshots: z.array(z.int()),
  evaluation: evaluationOptionsSchema,
  /** SHA-256 of the files, in hexadecimal; null: no classifier. */
  teacher: z.string(),
  classifier: z.string().nullable(),
  /** `i/n`, or null: all of it. */
  shard: z.string().nullable(),
  command: z.string(),
});

export type LabPlan = z.output<typeof planSchema>;

const FILE = 'plan.json';

/** What may differ when a run goes on: it can be made longer, and be given more seeds. */
const MAY_CHANGE: ReadonlySet<string> = new Set(['iterations', 'seeds', 'snapshots', 'command']);

/** More seeds would share out the arms of a shard anew, and some would be nobody's. */
const mayChange = (name: string, { shard }: LabPlan): boolean =>
  MAY_CHANGE.has(name) && !(name === 'seeds' && shard !== null);

export interface PlanFiles {
  readonly teacher: string;
  readonly classifier: string | null;
  readonly command: string;
}

export const planOf = (options: RunOptions, files: PlanFiles): LabPlan => {
  const { experiment, seeds, iterations, snapshots, evaluation, shard } = options;
  const { batch, prompts, arms }: LabConfig = options.config;
  return {
    version: 1,
    experiment: experiment?.id ?? null,
    batch,
    prompts,
    arms: [...arms],
    seeds: [...seeds],
    iterations,
    snapshots: [...snapshots],
    evaluation,
    shard: shard && `${shard.index + 1}/${shard.count}`,
    ...files,
  };
};

/** The plan of a folder, or null where there is none. Throws UsageError for a broken one. */
export const readPlan = (folder: string): LabPlan | null => {
  const path = join(folder, FILE);
  if (!existsSync(path)) return null;
  const parsed = planSchema.safeParse(readJsonFile('the plan', path));
  if (parsed.success) return parsed.data;
  throw new UsageError(`${path} is no plan of a run: ${z.prettifyError(parsed.error)}`);
};

/**
 * Writes the plan of a folder. Throws UsageError when the folder holds another run, whose results
 * would be mixed with these.
 */
export const claimFolder = (folder: string, asked: LabPlan): void => {
  // Both have been through the schema, so that their keys stand in the same order.
  const plan = planSchema.parse(asked);
  const before = readPlan(folder);
  const names = Object.keys(plan) as (keyof LabPlan)[];
  for (const name of before ? names.filter((one) => !mayChange(one, plan)) : []) {
    const [old, now] = [JSON.stringify(before?.[name]), JSON.stringify(plan[name])];
    if (old === now) continue;
    const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text);
    throw new UsageError(
      `${folder} holds another run: ${name} is ${short(old)} there and ${short(now)} here. ` +
        'Choose another --out.',
    );
  }
  writeWhole(join(folder, FILE), `${JSON.stringify(plan, null, 2)}\n`);
};
