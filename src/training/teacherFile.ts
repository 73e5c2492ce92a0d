import { writeSafetensors } from '../interchange/safetensors';
import { WEIGHTS_LICENCE } from '../lab/licence';
import { ditMetadata, type DitConfig } from '../models/dit/config';
import { ditLayout } from '../models/dit/parameters';
import { unflattenParameters } from '../models/parameters';
import { promptMetadata } from '../tasks/own/fromTeacher';
import type { ImageTask } from '../tasks/task';
import type { TeacherFigures } from './figures';
import type { TeacherRecipe } from './recipe';

/** What a teacher's file says of itself. */
export interface TeacherAbout {
  /** The recipe's. */
  readonly task: ImageTask;
  readonly recipe: TeacherRecipe;
  /** Steps that it was trained, which may be fewer than the recipe's. */
  readonly step: number;
  readonly figures: TeacherFigures | null;
  readonly codeVersion: string;
  readonly adapter: string;
}

/** A teacher as a safetensors file: `flat`, its averaged weights, as `ditLayout(network)` has them. */
export const teacherFile = (
  network: DitConfig,
  flat: Float32Array<ArrayBuffer>,
  { task, recipe, step, figures, codeVersion, adapter }: TeacherAbout,
): Uint8Array<ArrayBuffer> => {
  const tensors = unflattenParameters(ditLayout(network), flat);
  return writeSafetensors(
    [...tensors].map(([name, { shape, data }]) => ({ name, shape, data })),
    {
      ...ditMetadata(network),
      kind: 'teacher',
      ...promptMetadata(task.title, task.prompts),
      task: recipe.task,
      recipe: JSON.stringify(recipe),
      seed: String(recipe.seed),
      steps: String(step),
      // What is learnt from a visitor's own pictures is theirs to licence.
      ...(task.credits.length > 0 && { licence: WEIGHTS_LICENCE }),
      codeVersion,
      adapter,
      ...(figures && { figures: JSON.stringify(figures) }),
    },
  );
};
