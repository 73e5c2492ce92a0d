import type { DitTeacher } from '../../src/distill/ditTeacher';
import type { PromptSource, TrainingData } from '../../src/distill/trainer';
import type { Engine } from '../../src/graph/engine';
import { writeSafetensors } from '../../src/interchange/safetensors';
import { uploadTeacher } from '../../src/lab/teacher';
import { ditConfigSchema, ditMetadata } from '../../src/models/dit/config';
import { ditLayout } from '../../src/models/dit/parameters';
import { unflattenParameters } from '../../src/models/parameters';
import { ATTRIBUTES, avatarPrompts } from '../../src/tasks/avatars/attributes';
import { sampleAvatarPrompts } from '../../src/tasks/avatars/prompts';
import { randomValues } from './random';

/** A network as small as ours get: four tokens, one block. */
export const TINY = ditConfigSchema.parse({
  width: 32,
  depth: 1,
  heads: 2,
  patch: 8,
  attributes: Object.fromEntries(ATTRIBUTES.map(({ name, values }) => [name, values.length])),
});

/** Random weights of the tiny network; nothing zero, so every path matters. */
export const tinyWeights = (seed = 1): Float32Array<ArrayBuffer> =>
  Float32Array.from(randomValues(ditLayout(TINY).size, seed), (value) => 0.15 * value);

/** A teacher that was never trained, on the GPU. Its memory is the caller's. */
export const tinyTeacher = (engine: Engine, seed = 1): DitTeacher =>
  uploadTeacher(engine, { config: TINY, flat: tinyWeights(seed) });

/** The same as a file. */
export const tinyTeacherFile = (seed = 1): Uint8Array<ArrayBuffer> => {
  const tensors = unflattenParameters(ditLayout(TINY), tinyWeights(seed));
  return writeSafetensors(
    [...tensors].map(([name, { shape, data }]) => ({ name, shape, data })),
    ditMetadata(TINY),
  );
};

/** Full prompts at random. */
export const tinyPrompts: PromptSource = (random, batch) =>
  avatarPrompts.rowsOf(sampleAvatarPrompts(random, batch));

/** Full prompts and images of noise: a task for tests that do not look at its pictures. */
export const tinyData: TrainingData = {
  prompts: tinyPrompts,
  images: (random, batch, mode) => ({
    images: Float32Array.from({ length: batch * 3 * TINY.height * TINY.imageWidth }, () =>
      Math.tanh(random.normal()),
    ),
    rows: tinyPrompts(random, batch, mode),
  }),
  statistics: { mean: 0.1, variance: 0.25 },
};
