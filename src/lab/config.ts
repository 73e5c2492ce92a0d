import { z } from 'zod';
import {
  ConfigError,
  distillConfigSchema,
  explainIssues,
  type DistillConfig,
  type DistillConfigInput,
} from '../distill/config';
import { choice } from '../distill/fields';
import { isReferenceGrid } from './grid';

/**
 * A lab's configuration: what all arms share, and each arm's own part. It is plain data: what is
 * saved, shared and read by the command line.
 */

/** What all arms of a lab share, so that they see the same noise and the same prompts. */
type Shared = 'version' | 'seed' | 'batch' | 'prompts';

/** One arm's part of a distillation configuration. */
export type ArmConfig = Omit<DistillConfig, Shared>;
/** The same as a caller may write it; what is left out takes its default. */
export type ArmConfigInput = Omit<DistillConfigInput, Shared>;

/** Names an arm for as long as it lives; never shown where a name can be. */
export type ArmId = string;

export interface ArmSpec {
  readonly id: ArmId;
  /** For people. */
  readonly name: string;
  readonly config: ArmConfig;
}

export interface LabConfig {
  readonly version: 1;
  readonly seed: DistillConfig['seed'];
  /** Images an update. */
  readonly batch: DistillConfig['batch'];
  readonly prompts: DistillConfig['prompts'];
  /** One to `MOST_ARMS`, with different ids. */
  readonly arms: readonly ArmSpec[];
}

export interface ArmSpecInput {
  readonly id: ArmId;
  readonly name: string;
  readonly config?: ArmConfigInput;
}

export interface LabConfigInput {
  readonly version?: 1;
  readonly seed?: number;
  readonly batch?: number;
  readonly prompts?: DistillConfig['prompts'];
  readonly arms: readonly ArmSpecInput[];
}

/** Arms that one lab may hold. */
export const MOST_ARMS = 8;

const given = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The complete configuration of one arm, as its trainer takes it. */
export const distillConfigOf = (
  { seed, batch, prompts }: Pick<LabConfig, 'seed' | 'batch' | 'prompts'>,
  arm: ArmConfig,
): DistillConfig => ({ ...arm, version: 2, seed, batch, prompts });

/** What of a complete configuration is an arm's own. */
export const armConfigOf = ({
  guidanceScale,
  normalise,
  student,
  critic,
  discriminator,
  terms,
}: DistillConfig): ArmConfig => ({
  guidanceScale,
  normalise,
  student,
  critic,
  discriminator,
  terms,
});

type Context = z.core.$RefinementCtx;

/** Checks a complete configuration; what is wrong with it is told at `path`. */
const check = (input: unknown, path: PropertyKey[], context: Context): DistillConfig => {
  const result = distillConfigSchema.safeParse(input);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const at = [...path, ...issue.path];
    const custom = (message: string, where: PropertyKey[]): void => {
      context.addIssue({ code: 'custom', message, path: where, input });
    };
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) custom('is not a known field', [...at, key]);
    } else {
      custom(issue.message, at);
    }
  }
  return z.NEVER;
};

const fieldsSchema = z.record(z.string(), z.unknown(), { error: 'must be an object' });

/** One arm's configuration; a field that is wrong is named by its path. */
export const armConfigSchema = fieldsSchema.transform((fields, context): ArmConfig => {
  for (const name of ['version', 'seed', 'batch', 'prompts']) {
    if (!(name in fields)) continue;
    const message = 'belongs to the lab, all of whose arms share it';
    context.addIssue({ code: 'custom', message, path: [name], input: fields });
    return z.NEVER;
  }
  return armConfigOf(check(fields, [], context));
});

const armSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[\w-]{1,40}$/, 'must be 1 to 40 letters, digits, _ or -')
    .refine(
      (id) => !isReferenceGrid(id),
      'must not be the name of a grid that arms are compared with',
    ),
  name: z.string().trim().min(1, 'must not be empty').max(80, 'must have at most 80 letters'),
  config: armConfigSchema.prefault({}),
});

/** A lab's configuration; a field that is wrong is named by its path. */
export const labConfigSchema = z
  .strictObject({
    version: choice([1]).default(1),
    seed: z.unknown().optional(),
    batch: z.unknown().optional(),
    prompts: z.unknown().optional(),
    arms: z
      .array(armSchema)
      .min(1, 'must hold at least one arm')
      .max(MOST_ARMS, `must hold at most ${MOST_ARMS} arms`)
      .refine((arms) => new Set(arms.map(({ id }) => id)).size === arms.length, {
        error: 'must have different ids',
      }),
  })
  .transform(({ version, arms, ...shared }, context): LabConfig => {
    const { seed, batch, prompts } = check(given(shared), [], context);
    return { version, seed, batch, prompts, arms };
  });

const refuse = (what: string, error: z.ZodError): never => {
  throw new ConfigError(`${what}: ${explainIssues(error)}.`);
};

/** Validates one arm's configuration and fills in the defaults. Throws ConfigError. */
export const parseArmConfig = (input: unknown): ArmConfig => {
  const result = armConfigSchema.safeParse(input);
  return result.success ? result.data : refuse('This arm cannot be set up', result.error);
};

/**
 * Validates a lab's configuration and fills in the defaults. Throws ConfigError, whose message names
 * arm and field: "arms.1.config.student.steps must be a whole number from 1 to 8, got 9".
 */
export const parseLabConfig = (input: unknown): LabConfig => {
  const result = labConfigSchema.safeParse(input);
  return result.success ? result.data : refuse('This lab cannot be set up', result.error);
};
