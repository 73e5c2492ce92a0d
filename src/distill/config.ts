import { z } from 'zod';
import { guidanceScale, noiseLevel } from '../flow/time';

/**
 * Everything that defines one distillation run, as plain data: what is saved, shared and read by
 * the command line. Units and ranges live here; a value outside them is refused with its name.
 */

const tau = (what: string, value: number) =>
  z.number().min(0).max(1).describe(what).transform(noiseLevel).prefault(value);

/** The range of noise levels tau of one term: uniform on [lo, hi], or on (t, 1] cut to [lo, hi]. */
export const tauRangeSchema = z
  .strictObject({
    lo: tau('lower end of tau (0 = noise)', 0.02),
    hi: tau('upper end of tau (1 = clean)', 0.98),
    aboveT: z.boolean().default(false).describe('bind the lower end to the student step t: (t, 1]'),
  })
  .refine((range) => range.lo <= range.hi, { error: 'lo must not exceed hi', path: ['lo'] });

const termFields = {
  enabled: z.boolean().default(true).describe('a disabled term is not computed at all'),
  weight: z.number().min(0).max(100).default(1),
  tau: tauRangeSchema.prefault({}),
};

const caSchema = z.strictObject(termFields);

const dmSchema = z.strictObject({
  ...termFields,
  sharedTau: z.boolean().default(false).describe("use CA's tau and noise (the original DMD)"),
});

const adamRate = (value: number) => z.number().min(0).max(1).default(value);

/** The schema of a distillation run; `prefault({})` everywhere, so `{}` parses to the defaults. */
export const distillConfigSchema = z.strictObject({
  version: z.literal(1).default(1),
  seed: z.int().min(0).max(0xffffffff).default(1),
  batch: z.int().min(1).max(1024).default(64).describe('images per update'),
  guidanceScale: z
    .number()
    .min(1)
    .max(20)
    .describe('alpha of CA; 1 means CA is zero')
    .transform(guidanceScale)
    .prefault(4),
  normalise: z.boolean().default(true).describe('divide each update by mean |x - real_cond|'),
  prompts: z.enum(['partial', 'full']).default('partial'),
  student: z
    .strictObject({
      steps: z.int().min(1).max(8).default(1),
      learningRate: adamRate(1e-4),
      emaDecay: z.number().min(0).max(0.99999).default(0.99),
      gradientClip: z.number().min(0).max(1e6).default(0).describe('global norm; 0 = no clipping'),
    })
    .prefault({}),
  critic: z
    .strictObject({
      updates: z.int().min(0).max(10).default(3).describe('critic updates per student update'),
      learningRate: adamRate(2e-4),
      gradientClip: z.number().min(0).max(1e6).default(0),
    })
    .prefault({}),
  terms: z.strictObject({ ca: caSchema.prefault({}), dm: dmSchema.prefault({}) }).prefault({}),
});

/** A validated run configuration. */
export type DistillConfig = z.output<typeof distillConfigSchema>;

/** What a caller may leave out. */
export type DistillConfigInput = z.input<typeof distillConfigSchema>;

/** The terms of the student's update, by name. */
export type TermId = keyof DistillConfig['terms'];

/** A range of noise levels. */
export type TauRange = z.output<typeof tauRangeSchema>;

/** A configuration was refused; the message names each field and what is wrong with it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Validates a configuration and fills in the defaults. Throws ConfigError. */
export const parseConfig = (input: unknown): DistillConfig => {
  const result = distillConfigSchema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'configuration'}: ${issue.message}`,
  );
  throw new ConfigError(`This configuration cannot be used. ${problems.join('; ')}.`);
};
