import { z } from 'zod';
import { DISTRIBUTIONS } from '../flow/tauDistribution';
import { guidanceScale, noiseLevel } from '../flow/time';
import { choice, decimal, must, toggle, whole } from './fields';

/**
 * Everything that defines one distillation run, as plain data: what is saved, shared and read by
 * the command line. Units and ranges live here; a value outside them is refused with its name.
 */

/**
 * The noise levels tau of one term: tau = lo' + (hi - lo') u, lo' = max(t, lo) with `aboveT`, else
 * lo; u in (0, 1] drawn by `distribution` (formulas in shaders/distill/sample_tau.wgsl). 0 = noise,
 * 1 = clean.
 */
export const tauRangeSchema = z
  .strictObject({
    distribution: choice(DISTRIBUTIONS).default('uniform'),
    lo: decimal(0, 1).describe('lower end of tau (0 = noise)').transform(noiseLevel).prefault(0.02),
    hi: decimal(0, 1).describe('upper end of tau (1 = clean)').transform(noiseLevel).prefault(0.98),
    aboveT: toggle().default(false).describe('bind the lower end to the student step t: (t, 1]'),
    logitMean: decimal(-10, 10)
      .default(0)
      .describe('logitNormal: u = sigmoid(mean + std z); below 0 leans towards noise'),
    logitStd: decimal(0, 10).default(1).describe('logitNormal: spread of the logit'),
    shift: decimal(0.05, 20)
      .default(1)
      .describe('shifted: above 1 leans towards noise, below 1 towards clean; 1 is uniform'),
  })
  .refine(({ lo, hi }) => lo <= hi, {
    error: ({ input }) => {
      const { lo, hi } = input as { lo: number; hi: number };
      return `must not exceed hi, got lo ${lo} and hi ${hi}`;
    },
    path: ['lo'],
  });

/** Updates of the critic that an iteration may have. */
export const MAX_CRITIC_UPDATES = 10;

const weight = (value: number) => decimal(0, 100).default(value).describe('factor of the update');
const enabled = (value: boolean) =>
  toggle().default(value).describe('a disabled term is not computed at all');
const learningRate = (value: number) => decimal(0, 1).default(value).describe('of Adam');
const gradientClip = () =>
  decimal(0, 1e6).default(0).describe('global norm of the gradient; 0 = no clipping');

const termsSchema = z.strictObject({
  ca: z
    .strictObject({ enabled: enabled(true), weight: weight(1), tau: tauRangeSchema.prefault({}) })
    .prefault({}),
  dm: z
    .strictObject({
      enabled: enabled(true),
      weight: weight(1),
      tau: tauRangeSchema.prefault({}),
      sharedTau: toggle().default(false).describe("use CA's tau and noise (the original DMD)"),
    })
    .prefault({}),
  meanVariance: z.strictObject({ enabled: enabled(false), weight: weight(1) }).prefault({}),
  gan: z
    .strictObject({
      enabled: enabled(false),
      weight: weight(0.2),
      tau: tauRangeSchema.prefault({}).describe('also of the discriminator in training'),
    })
    .prefault({}),
});

/** The schema of a distillation run; `prefault({})` everywhere, so `{}` parses to the defaults. */
export const distillConfigSchema = z.strictObject({
  version: z.literal(2, { error: must('1 or 2') }).default(2),
  seed: whole(0, 0xffffffff).default(1),
  batch: whole(1, 1024).default(64).describe('images per update'),
  prompts: choice(['partial', 'full']).default('partial'),
  guidanceScale: decimal(1, 20)
    .describe('alpha of CA; 1 means CA is zero')
    .transform(guidanceScale)
    .prefault(4),
  normalise: toggle()
    .default(true)
    .describe('divide the updates of CA and DM by mean |x - real_cond|'),
  student: z
    .strictObject({
      steps: whole(1, 8).default(1),
      learningRate: learningRate(1e-4),
      emaDecay: decimal(0, 0.99999).default(0.99),
      gradientClip: gradientClip(),
      start: choice(['simulation', 'teacher'])
        .default('simulation')
        .describe('z_t by backward simulation, or from noised samples of the guided teacher'),
    })
    .prefault({}),
  critic: z
    .strictObject({
      updates: whole(0, MAX_CRITIC_UPDATES)
        .default(3)
        .describe('critic updates per student update'),
      learningRate: learningRate(2e-4),
      gradientClip: gradientClip(),
      observer: toggle().default(false).describe('trained although no term may use it'),
    })
    .prefault({}),
  discriminator: z
    .strictObject({
      updates: whole(0, 10).default(2).describe('discriminator updates per student update'),
      learningRate: learningRate(2e-4),
      gradientClip: gradientClip(),
      r1: decimal(0, 1000).default(0).describe('weight of the approximated R1 penalty; 0 = off'),
    })
    .prefault({}),
  terms: termsSchema.prefault({}),
});

/** A validated run configuration. */
export type DistillConfig = z.output<typeof distillConfigSchema>;

/** What a caller may leave out. */
export type DistillConfigInput = z.input<typeof distillConfigSchema>;

/** The terms of the student's update, by name. */
export type TermId = keyof DistillConfig['terms'];

/** The terms that look at x_gen at a noise level of their own. */
export type TauTermId = {
  [Id in TermId]: 'tau' extends keyof DistillConfig['terms'][Id] ? Id : never;
}[TermId];

/** A range of noise levels. */
export type TauRange = z.output<typeof tauRangeSchema>;

/** A configuration was refused; the message names each field, its range and what was given. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** What is wrong with some input, field by field: "student.steps must be a whole number from 1 ...". */
export const explainIssues = (error: z.ZodError): string =>
  error.issues
    .flatMap((issue): string[] => {
      const path = issue.path.join('.');
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => `${path && `${path}.`}${key} is not a known field`);
      }
      return [`${path || 'the configuration'} ${sentence(issue.message)}`];
    })
    .join('; ');

/** zod's own messages ("Invalid input: expected object") begin like sentences; ours do not. */
const sentence = (message: string): string =>
  message.replace(/^Invalid input: expected (\w+), received (\w+)/, 'must be an $1, got $2');

const isRecord = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

/** Version 1 had fewer fields and the same meaning of each, so the defaults say what it did. */
const migrate = (input: unknown): unknown =>
  isRecord(input) && input['version'] === 1 ? { ...input, version: 2 } : input;

/**
 * Validates a configuration of version 1 or 2 and fills in the defaults. Throws ConfigError.
 */
export const parseConfig = (input: unknown): DistillConfig => {
  const result = distillConfigSchema.safeParse(migrate(input));
  if (result.success) return result.data;
  throw new ConfigError(`This configuration cannot be used: ${explainIssues(result.error)}.`);
};
