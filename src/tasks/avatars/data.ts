import type { ImageSource, ImageStatistics, PromptSource, TrainingData } from '../../distill/data';
import { attributeRows, type Prompt } from './attributes';
import { AVATAR_VALUES, realAvatars, type Avatars } from './generator';
import { dropOut, samplePrompts } from './prompts';

/**
 * Real avatars that training draws from, and their seed: one that no user meets, since theirs are
 * drawn from small numbers. Enough that a discriminator cannot learn them by heart in minutes.
 */
const POOL_SIZE = 4096;
const POOL_SEED = 0xda7a;

let pool: Avatars | undefined;
let statistics: ImageStatistics | undefined;

/** Drawn once, when first needed: about a second. */
const avatarPool = (): Avatars => (pool ??= realAvatars(POOL_SEED, POOL_SIZE));

/** Prompts as rows of the teacher's attribute table, (prompts, 8) row by row. */
const rowsOf = (prompts: readonly Prompt[]): Int32Array<ArrayBuffer> =>
  Int32Array.from(prompts.flatMap((prompt) => attributeRows(prompt)));

const drawPrompts: PromptSource = (random, batch, mode) =>
  rowsOf(samplePrompts(random, batch, mode));

/** All choices of avatars first, then the drop-outs: the images are the same in both modes. */
const drawImages: ImageSource = (random, batch, mode) => {
  const { images, prompts } = avatarPool();
  const chosen = Array.from({ length: batch }, () => random.integer(POOL_SIZE));
  const batchImages = new Float32Array(batch * AVATAR_VALUES);
  chosen.forEach((index, place) => {
    const start = index * AVATAR_VALUES;
    batchImages.set(images.subarray(start, start + AVATAR_VALUES), place * AVATAR_VALUES);
  });
  const described = chosen.map((index) => prompts[index] ?? []);
  const asked = mode === 'full' ? described : described.map((prompt) => dropOut(prompt, random));
  return { images: batchImages, rows: rowsOf(asked) };
};

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

/** The avatars as training data: prompts, real images of a fixed pool, and the pool's statistics. */
export function avatarData(): TrainingData {
  return {
    prompts: drawPrompts,
    images: drawImages,
    get statistics() {
      return (statistics ??= imageStatistics(avatarPool().images, AVATAR_VALUES));
    },
  };
}
