import { z } from 'zod';
import { explainIssues } from '../distill/config';
import { decimal, must, whole } from '../distill/fields';
import { sha256 } from '../interchange/sha256';
import { ditConfigSchema, type DitConfig } from '../models/dit/config';
import { promptDropout } from '../tasks/promptDropout';
import type { ImageTask } from '../tasks/task';

/**
 * All that defines the training of a teacher, as plain data: the same recipe gives the same bytes
 * on the same adapter. It is what files and checkpoints carry, and what a person may change.
 */
export const teacherRecipeSchema = z.strictObject({
  version: z.literal(1, { error: must('1') }).default(1),
  task: z.string({ error: must('the id of a task') }).min(1),
  /** Of weights, images, batches, prompts, noise and times. */
  seed: whole(0, 0xffffffff).default(1),
  steps: whole(1, 10_000_000).default(6000),
  /** Images a step. */
  batch: whole(1, 1024).default(128),
  width: whole(4, 1024).default(128),
  depth: whole(1, 32).default(4),
  heads: whole(1, 64).default(4),
  /** Edge of a square patch in pixels. */
  patch: whole(1, 32).default(4),
  /** Of Adam, at its highest: after the warm-up; from there it falls as a cosine to zero. */
  learningRate: decimal(0, 1).default(1e-3),
  /** Steps. */
  warmUp: whole(0, 1_000_000).default(200),
  /** Global norm of the gradient; 0 = no clipping. */
  gradientClip: decimal(0, 1e6).default(1),
  /** Of the averaged weights, which are the teacher. */
  emaDecay: decimal(0, 0.99999).default(0.999),
  /** How prompts are dropped, so that partial prompts and guidance work. */
  dropout: z
    .strictObject({
      /** Probability that all attributes are dropped at once: the null prompt of guidance. */
      whole: decimal(0, 1).default(promptDropout.whole),
      /** Probability that, otherwise, attributes are dropped one by one, at a rate from U[0, 1). */
      byAttribute: decimal(0, 1).default(promptDropout.byAttribute),
    })
    .prefault({}),
  /** t = sigmoid(mean + std z), 0 = noise: a mean below 0 leans towards noise. */
  time: z
    .strictObject({ mean: decimal(-10, 10).default(0), std: decimal(0, 10).default(1) })
    .prefault({}),
  /** Images to learn from. */
  images: whole(1, 1_000_000).default(20_000),
  /** SHA-256 of the teacher whose weights it begins with; null: weights drawn from the seed. */
  from: z
    .string()
    .regex(/^[0-9a-f]{64}$/, { error: must('the SHA-256 of a file') })
    .nullable()
    .default(null),
});

/** A validated recipe. */
export type TeacherRecipe = z.output<typeof teacherRecipeSchema>;

/** What a caller may leave out. */
export type TeacherRecipeInput = z.input<typeof teacherRecipeSchema>;

/** A recipe was refused; the message names each field, its range and what was given. */
export class RecipeError extends Error {
  override readonly name = 'RecipeError';
}

/** Validates a recipe and fills in the defaults. Throws RecipeError. */
export const parseRecipe = (input: unknown): TeacherRecipe => {
  const result = teacherRecipeSchema.safeParse(input);
  if (result.success) return result.data;
  throw new RecipeError(`This recipe cannot be used: ${explainIssues(result.error)}.`);
};

/** The network that a recipe trains. Throws RecipeError where sizes do not go with the task's. */
export const networkOf = (
  { width, depth, heads, patch }: Pick<TeacherRecipe, 'width' | 'depth' | 'heads' | 'patch'>,
  { size, prompts }: Pick<ImageTask, 'size' | 'prompts'>,
): DitConfig => {
  const result = ditConfigSchema.safeParse({
    ...{ width, depth, heads, patch, height: size, imageWidth: size },
    attributes: prompts.valueCounts,
  });
  if (result.success) return result.data;
  const reasons = result.error.issues.map(({ message }) => message).join('; ');
  throw new RecipeError(
    `This recipe cannot be used: ${reasons} (width ${width}, heads ${heads}, patch ${patch}, ` +
      `images of ${size} x ${size}).`,
  );
};

/** What a recipe is known by. */
export const recipeDigest = (recipe: TeacherRecipe): Promise<string> =>
  sha256(new TextEncoder().encode(JSON.stringify(teacherRecipeSchema.parse(recipe))));

/** Where two recipes differ, a phrase each: `steps 6000, not 100`. Empty for equal ones. */
export const recipeDifferences = (one: TeacherRecipe, other: TeacherRecipe): string[] => {
  const fields = Object.keys(teacherRecipeSchema.shape) as (keyof TeacherRecipe)[];
  return fields.flatMap((field) => {
    const [mine, theirs] = [JSON.stringify(one[field]), JSON.stringify(other[field])];
    return mine === theirs ? [] : [`${field} ${mine}, not ${theirs}`];
  });
};
