import { z } from 'zod';
import { ConfigError, explainIssues } from '../distill/config';

/** How arms are evaluated; one setting for all, so that they can be compared. */
export const evaluationOptionsSchema = z.strictObject({
  every: z.int().min(0).max(1e6).default(50).describe('iterations between evaluations; 0 = never'),
  samples: z.int().min(8).max(16384).default(256).describe('images of one evaluation'),
  prompts: z.enum(['partial', 'full']).default('full'),
  seed: z.int().min(0).max(0xffffffff).default(1).describe('of prompts, noise and real images'),
  weights: z.enum(['raw', 'average']).default('average').describe("which of a student's weights"),
});

export type EvaluationOptions = z.output<typeof evaluationOptionsSchema>;
export type EvaluationOptionsInput = z.input<typeof evaluationOptionsSchema>;

/** Options with their defaults filled in. Throws ConfigError for values out of range. */
export const parseEvaluationOptions = (input: EvaluationOptionsInput = {}): EvaluationOptions => {
  const result = evaluationOptionsSchema.safeParse(input);
  if (result.success) return result.data;
  throw new ConfigError(`Arms cannot be evaluated so: ${explainIssues(result.error)}.`);
};
