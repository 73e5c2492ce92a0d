import { z } from 'zod';
import { parseSafetensors, SafetensorsError, writeSafetensors } from '../interchange/safetensors';
import { allFinite } from '../lab/halts';
import { lossLogSchema, type LossLogData } from './lossLog';
import {
  parseRecipe,
  recipeDifferences,
  recipeDigest,
  RecipeError,
  type TeacherRecipe,
} from './recipe';
import type { TeacherState } from './teacherTrainer';

/** All that a training needs to go on, and what was written down so far. */
export interface TeacherCheckpoint {
  readonly recipe: TeacherRecipe;
  readonly state: TeacherState;
  readonly losses: LossLogData;
}

/** A file that is no checkpoint of a teacher, or one of another recipe; the message says which. */
export class TeacherCheckpointError extends Error {
  override readonly name = 'TeacherCheckpointError';
}

const KIND = 'teacher in training';

const headSchema = z.strictObject({
  version: z.literal(1),
  kind: z.literal(KIND),
  step: z.int().nonnegative(),
  recipe: z.unknown(),
  /** SHA-256 of the recipe. */
  digest: z.string(),
  losses: lossLogSchema,
});

/** Metadata key of everything but the tensors. */
const HEAD = 'training';

/** A checkpoint as the bytes of a safetensors file. */
export const writeTeacherCheckpoint = async ({
  recipe,
  state,
  losses,
}: TeacherCheckpoint): Promise<Uint8Array<ArrayBuffer>> => {
  const head: z.input<typeof headSchema> = {
    version: 1,
    kind: KIND,
    step: state.step,
    recipe,
    digest: await recipeDigest(recipe),
    losses,
  };
  const tensors = [...state.tensors].map(([name, data]) => ({ name, shape: [data.length], data }));
  return writeSafetensors(tensors, { [HEAD]: JSON.stringify(head) });
};

/** Reads what `writeTeacherCheckpoint` wrote. Throws TeacherCheckpointError for anything else. */
export const readTeacherCheckpoint = async (
  bytes: Uint8Array<ArrayBuffer>,
): Promise<TeacherCheckpoint> => {
  try {
    const { metadata, tensors } = parseSafetensors(bytes);
    const head = headSchema.parse(JSON.parse(metadata[HEAD] ?? 'null'));
    const recipe = parseRecipe(head.recipe);
    if ((await recipeDigest(recipe)) !== head.digest) {
      throw new RecipeError('Its recipe was changed.');
    }
    const floats = [...tensors].flatMap(([name, { data }]) =>
      data instanceof Float32Array ? [[name, data] as const] : [],
    );
    if (!floats.every(([, data]) => allFinite(data))) {
      throw new RecipeError('It holds weights that are no numbers.');
    }
    return { recipe, state: { step: head.step, tensors: new Map(floats) }, losses: head.losses };
  } catch (error) {
    const reason =
      error instanceof SafetensorsError || error instanceof RecipeError
        ? error.message
        : error instanceof SyntaxError || error instanceof z.ZodError
          ? 'It is no checkpoint of a teacher, or one of another version.'
          : undefined;
    if (reason === undefined) throw error;
    throw new TeacherCheckpointError(`This checkpoint cannot be read. ${reason}`, { cause: error });
  }
};

/** Throws TeacherCheckpointError, naming what differs, unless a checkpoint is of this recipe. */
export const checkRecipe = (kept: TeacherRecipe, asked: TeacherRecipe): void => {
  const differences = recipeDifferences(kept, asked);
  if (differences.length === 0) return;
  throw new TeacherCheckpointError(
    `The training kept here is of another recipe: ${differences.join('; ')}. ` +
      'Go on with its own, or begin in another place.',
  );
};

/** A line that tells a checkpoint from others, for lists of them. */
export const aboutTeacherCheckpoint = ({ recipe, state }: TeacherCheckpoint): string =>
  `${recipe.task}, step ${state.step} of ${recipe.steps}`;
