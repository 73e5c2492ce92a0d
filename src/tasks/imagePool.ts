import type { ImageSource } from '../distill/data';
import { dropOut, promptDropout } from './promptDropout';
import type { PromptSpace } from './promptSpace';
import type { LabelledImages } from './task';

/** The images at these places, one after another. `values`: those of one image. */
export const pickImages = (
  { images }: LabelledImages,
  chosen: readonly number[],
  values: number,
): Float32Array<ArrayBuffer> => {
  const picked = new Float32Array(chosen.length * values);
  chosen.forEach((index, place) => {
    picked.set(images.subarray(index * values, (index + 1) * values), place * values);
  });
  return picked;
};

/**
 * Batches of a fixed pool of images, each image drawn anew with replacement. All choices of images
 * first, then the drop-outs: the images are the same in both modes. `full` prompts are never dropped.
 */
export const imagePool = (
  pool: LabelledImages,
  space: PromptSpace,
  dropout = promptDropout,
): ImageSource => {
  const { images, prompts } = pool;
  const values = images.length / prompts.length;
  return (random, batch, mode) => {
    const chosen = Array.from({ length: batch }, () => random.integer(prompts.length));
    const described = chosen.map((index) => prompts[index] ?? space.nullPrompt);
    const asked =
      mode === 'full'
        ? described
        : described.map((prompt) => dropOut(space, prompt, random, dropout));
    return { images: pickImages(pool, chosen, values), rows: space.rowsOf(asked) };
  };
};
