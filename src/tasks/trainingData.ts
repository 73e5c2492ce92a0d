import type { ImageSource, ImageStatistics, TrainingData } from '../distill/data';
import { imagePool } from './imagePool';
import { dropOut } from './promptDropout';
import { imagesOf, type ImageTask, type LabelledImages, type OpenTask } from './task';

/**
 * Real images that training draws from, and their seed: one that no user meets, since theirs are
 * drawn from small numbers. Enough that a discriminator cannot learn them by heart in minutes.
 */
const POOL_SIZE = 4096;
const POOL_SEED = 0xda7a;

/** Values of one image of a task: red, green and blue planes. */
export const valuesOf = ({ size }: Pick<ImageTask, 'size'>): number => 3 * size * size;

/**
 * Mean of all values and mean over images of the unbiased variance of one image: mu* and s2* of
 * Eq. 7. `images` (n, values each).
 */
export function imageStatistics(images: Float32Array, values: number): ImageStatistics {
  const count = images.length / values;
  let [means, variances] = [0, 0];
  for (let index = 0; index < count; index++) {
    const image = images.subarray(index * values, (index + 1) * values);
    const mean = image.reduce((sum, value) => sum + value, 0) / values;
    means += mean;
    variances += image.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values - 1);
  }
  return { mean: means / count, variance: variances / count };
}

/** Which real images training draws from. */
export interface Pool {
  readonly seed: number;
  /** Number of images. */
  readonly size: number;
}

/**
 * A task as training data: prompts, real images of a fixed pool of its training split, and the
 * pool's statistics. The pool is drawn once, when it is first needed; of a task without images it
 * throws NoImagesError then.
 */
export const trainingData = (
  task: OpenTask,
  { seed, size }: Pool = { seed: POOL_SEED, size: POOL_SIZE },
): TrainingData => {
  let images: LabelledImages | undefined;
  let source: ImageSource | undefined;
  let statistics: ImageStatistics | undefined;
  const real = (): LabelledImages => (images ??= imagesOf(task).draw(seed, size, 'training'));
  return {
    prompts: (random, batch, mode) =>
      task.prompts.rowsOf(
        Array.from({ length: batch }, () => {
          const [prompt = []] = task.samplePrompts(random, 1);
          return mode === 'full' ? prompt : dropOut(task.prompts, prompt, random);
        }),
      ),
    images: (random, batch, mode) =>
      (source ??= imagePool(real(), task.prompts))(random, batch, mode),
    get statistics() {
      return (statistics ??= imageStatistics(real().images, valuesOf(task)));
    },
  };
};
