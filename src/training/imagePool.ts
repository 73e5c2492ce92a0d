import type { ImageSource } from '../distill/data';
import type { Prompt, PromptSpace } from '../tasks/promptSpace';
import type { LabelledImages, TaskRandom } from '../tasks/task';
import type { TeacherRecipe } from './recipe';

/** Probability with which each attribute of one prompt is dropped. */
const dropRate = ({ whole, byAttribute }: TeacherRecipe['dropout'], random: TaskRandom): number => {
  const which = random.uniform();
  if (which < whole) return 1;
  return which < whole + (1 - whole) * byAttribute ? random.uniform() : 0;
};

/** Leaves attributes of a prompt open: all, one by one at a rate of the prompt's own, or none. */
export const dropOut = (
  space: PromptSpace,
  prompt: Prompt,
  dropout: TeacherRecipe['dropout'],
  random: TaskRandom,
): Prompt => {
  const rate = dropRate(dropout, random);
  return prompt.map((id, index) => (random.uniform() < rate ? space.anyId(index) : id));
};

/**
 * Batches of a fixed pool of images, each image drawn anew with replacement. All choices of images
 * first, then the drop-outs; `full` prompts are never dropped.
 */
export const imagePool = (
  { images, prompts }: LabelledImages,
  space: PromptSpace,
  dropout: TeacherRecipe['dropout'],
): ImageSource => {
  const values = images.length / prompts.length;
  return (random, batch, mode) => {
    const chosen = Array.from({ length: batch }, () => random.integer(prompts.length));
    const picked = new Float32Array(batch * values);
    chosen.forEach((index, place) => {
      picked.set(images.subarray(index * values, (index + 1) * values), place * values);
    });
    const described = chosen.map((index) => prompts[index] ?? space.nullPrompt);
    const asked =
      mode === 'full'
        ? described
        : described.map((prompt) => dropOut(space, prompt, dropout, random));
    return { images: picked, rows: space.rowsOf(asked) };
  };
};
