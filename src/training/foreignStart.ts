import { z } from 'zod';
import { explainIssues } from '../distill/config';
import { decimal, whole } from '../distill/fields';
import { RecipeError } from './recipe';

/** The students of a teacher made elsewhere: their sizes, and how they learn its velocity at first. */
export const foreignStartSchema = z.strictObject({
  width: whole(4, 1024).default(96),
  depth: whole(1, 32).default(4),
  heads: whole(1, 64).default(4),
  /** Edge of a square patch in pixels. */
  patch: whole(1, 32).default(4),
  seed: whole(0, 0xffffffff).default(1),
  /** Steps of the imitation. */
  steps: whole(1, 1_000_000).default(500),
  /** Images a step. */
  batch: whole(1, 1024).default(32),
  /** Of Adam, at its highest. */
  learningRate: decimal(1e-7, 1).default(1e-3),
});

export type ForeignStart = z.output<typeof foreignStartSchema>;
export type ForeignStartInput = z.input<typeof foreignStartSchema>;

/** Validates and fills in the defaults. Throws RecipeError. */
export const parseForeignStart = (input: unknown): ForeignStart => {
  const result = foreignStartSchema.safeParse(input);
  if (result.success) return result.data;
  throw new RecipeError(`The students cannot be set up: ${explainIssues(result.error)}.`);
};
