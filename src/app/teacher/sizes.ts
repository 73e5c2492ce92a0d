import type { TeacherRecipe, TeacherRecipeInput } from '../../training/recipe';
import { parseRecipe, RecipeError } from '../../training/recipe';

/** Sizes of a teacher that a visitor may choose by name; `own`: by number. */
export type SizeId = 'small' | 'standard' | 'own';

/** The numbers of a recipe that the page lets a visitor set. */
export type Sizes = Pick<
  TeacherRecipe,
  'width' | 'depth' | 'heads' | 'patch' | 'batch' | 'images' | 'steps' | 'learningRate' | 'seed'
>;

const { width, depth, heads, patch, batch, images, steps, learningRate, seed } = parseRecipe({
  task: 'any',
});

/** The recipe of the command line. */
const STANDARD: Sizes = { width, depth, heads, patch, batch, images, steps, learningRate, seed };

export const SIZES: Readonly<Record<Exclude<SizeId, 'own'>, Sizes>> = {
  small: { ...STANDARD, width: 64, depth: 2, heads: 2, batch: 64, images: 4096, steps: 4000 },
  standard: STANDARD,
};

/** The recipe of a task in these sizes; its reason in words where there is none. */
export const recipeOf = (task: string, sizes: Sizes): TeacherRecipe | string => {
  const input: TeacherRecipeInput = { task, ...sizes };
  try {
    return parseRecipe(input);
  } catch (error) {
    if (error instanceof RecipeError) return error.message;
    throw error;
  }
};

/** What decides how long a step takes. */
export const paceOf = ({ width, depth, heads, patch, batch }: Sizes): string =>
  JSON.stringify({ width, depth, heads, patch, batch });
