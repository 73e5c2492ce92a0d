import { z } from 'zod';
import {
  ConfigError,
  parseConfig,
  type DistillConfig,
  type DistillConfigInput,
} from '../distill/config';

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

const armSchema = z.strictObject({
  id: z.string().regex(/^[\w-]{1,40}$/, 'must be 1 to 40 letters, digits, _ or -'),
  name: z.string().trim().min(1).max(80),
  config: z.unknown().optional(),
});

const inputSchema = z.strictObject({
  version: z.literal(1).default(1),
  seed: z.unknown().optional(),
  batch: z.unknown().optional(),
  prompts: z.unknown().optional(),
  arms: z
    .array(armSchema)
    .min(1, 'a lab needs at least one arm')
    .max(MOST_ARMS, `a lab holds at most ${MOST_ARMS} arms`)
    .refine((arms) => new Set(arms.map(({ id }) => id)).size === arms.length, {
      error: 'two arms have the same id',
    }),
});

const given = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The complete configuration of one arm, as its trainer takes it. */
export const distillConfigOf = (
  { seed, batch, prompts }: Pick<LabConfig, 'seed' | 'batch' | 'prompts'>,
  arm: ArmConfig,
): DistillConfig => ({ ...arm, version: 2, seed, batch, prompts });

/** What of a complete configuration is an arm's own. */
export const armConfigOf = (config: DistillConfig): ArmConfig => {
  const { version: _version, seed: _seed, batch: _batch, prompts: _prompts, ...own } = config;
  return own;
};

/** Validates one arm's configuration and fills in the defaults. Throws ConfigError. */
export const parseArmConfig = (input: unknown): ArmConfig => {
  const fields = z.record(z.string(), z.unknown()).safeParse(input ?? {});
  if (!fields.success) throw new ConfigError('The configuration of an arm must be an object.');
  for (const name of ['seed', 'batch', 'prompts']) {
    if (name in fields.data) {
      throw new ConfigError(`${name} is shared by all arms of a lab; set it there.`);
    }
  }
  return armConfigOf(parseConfig({ ...fields.data, version: 2 }));
};

/** A lab's configuration; a field that is wrong is named by its path. */
export const labConfigSchema = inputSchema.transform((input, context): LabConfig => {
  const attempt = <Result>(path: PropertyKey[], work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      context.addIssue({ code: 'custom', message: error.message, path });
      return z.NEVER;
    }
  };
  const { seed, batch, prompts } = attempt([], () =>
    parseConfig({
      version: 2,
      ...given({ seed: input.seed, batch: input.batch, prompts: input.prompts }),
    }),
  );
  const arms = input.arms.map(({ id, name, config }, index) => ({
    id,
    name,
    config: attempt(['arms', index, 'config'], () => parseArmConfig(config)),
  }));
  return { version: 1, seed, batch, prompts, arms };
});

/**
 * Validates a lab's configuration and fills in the defaults. Throws ConfigError, whose message names
 * the arm and field that are wrong.
 */
export const parseLabConfig = (input: unknown): LabConfig => {
  const result = labConfigSchema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  throw new ConfigError(`This lab cannot be set up. ${problems.join(' ')}`);
};
