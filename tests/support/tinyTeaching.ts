import type { ImageSource } from '../../src/distill/data';
import type { LabelledImages, TaskImages } from '../../src/tasks/task';
import { PromptSpace } from '../../src/tasks/promptSpace';
import {
  parseRecipe,
  type TeacherRecipe,
  type TeacherRecipeInput,
} from '../../src/training/recipe';
import { findTask } from '../../src/tasks/registry';
import type { ImageTask } from '../../src/tasks/task';

/** A recipe of a network as small as ours get. */
export const tinyRecipe = (part: Partial<TeacherRecipeInput> = {}): TeacherRecipe =>
  parseRecipe({
    task: 'tiny',
    ...{ width: 8, depth: 1, heads: 2, patch: 4 },
    ...{ batch: 3, steps: 6, images: 4, warmUp: 2 },
    ...part,
  });

const SIZE = 8;
const VALUES = 3 * SIZE * SIZE;
const LEVELS = [-0.8, 0, 0.8];

/** Plain images of 8x8: the first attribute is the red, the second the blue of all pixels. */
const plainImages = (count: number): LabelledImages => {
  const prompts = Array.from({ length: count }, (_, index) => [index % 3, index % 2]);
  const images = new Float32Array(count * VALUES);
  prompts.forEach(([red = 0, blue = 0], index) => {
    images.fill(LEVELS[red] ?? 0, index * VALUES, index * VALUES + VALUES / 3);
    images.fill(LEVELS[2 * blue] ?? 0, index * VALUES + (2 * VALUES) / 3, (index + 1) * VALUES);
  });
  return { images, prompts };
};

const values = (...names: string[]) => names.map((name) => ({ name }));

const avatars = findTask('avatars');
if (!avatars) throw new Error('there are no avatars');

/** A task of plain images. */
export const TINY_TASK: ImageTask = {
  ...avatars,
  id: 'tiny',
  size: SIZE,
  prompts: new PromptSpace([
    { name: 'red', title: 'Red', values: values('low', 'middle', 'high') },
    { name: 'blue', title: 'Blue', values: values('low', 'high') },
  ]),
  samplePrompts: (random, count) =>
    Array.from({ length: count }, () => [random.integer(3), random.integer(2)]),
};

export const tinyImages: TaskImages = {
  draw: (_seed, count) => plainImages(count),
  matching: () => null,
};

/** Batches of noise under full prompts. */
export const noiseSource: ImageSource = (random, batch) => ({
  images: Float32Array.from({ length: batch * VALUES }, () => Math.tanh(random.normal())),
  rows: TINY_TASK.prompts.rowsOf(TINY_TASK.samplePrompts(random, batch)),
});
