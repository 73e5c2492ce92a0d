import type { Prompt } from '../promptSpace';
import type { TaskRandom } from '../task';
import { ATTRIBUTES, type AttributeName } from './attributes';

/** Probabilities of the values, where the teacher's data is not uniform. */
const VALUE_PROBABILITIES: Partial<Record<AttributeName, readonly number[]>> = {
  hairLength: [0.45, 0.44, 0.11],
  hat: [0.8, 0.2],
  glasses: [0.6, 0.2, 0.2],
  mouth: [0.6, 0.4],
};

/** Draws `count` prompts with the distribution of the teacher's data, all eight attributes given. */
export const sampleAvatarPrompts = (random: TaskRandom, count: number): Prompt[] =>
  Array.from({ length: count }, () =>
    ATTRIBUTES.map((attribute) => {
      const probabilities = VALUE_PROBABILITIES[attribute.name];
      return probabilities
        ? pick(probabilities, random.uniform())
        : random.integer(attribute.values.length);
    }),
  );

/** Index at which the running sum of `probabilities` passes `uniform`, a number of [0, 1). */
function pick(probabilities: readonly number[], uniform: number): number {
  let sum = 0;
  const index = probabilities.findIndex((probability) => (sum += probability) > uniform);
  return index === -1 ? probabilities.length - 1 : index;
}
