import type { PhiloxStream } from '../../graph/philox';
import { anyId, ATTRIBUTES, type AttributeName, type Prompt } from './attributes';

/** What drawing needs of a random stream. */
export type PromptRandom = Pick<PhiloxStream, 'uniform' | 'integer'>;

/** `full`: all eight attributes given. `partial`: the teacher's drop-out applied. */
export type PromptMode = 'full' | 'partial';

/** Probabilities of the values, where the teacher's data is not uniform. */
const VALUE_PROBABILITIES: Partial<Record<AttributeName, readonly number[]>> = {
  hairLength: [0.45, 0.44, 0.11],
  hat: [0.8, 0.2],
  glasses: [0.6, 0.2, 0.2],
  mouth: [0.6, 0.4],
};

/** Drop-out of prompts, as in the teacher's training. */
export const promptDropout = {
  /** Probability that all attributes are dropped at once: the null prompt of guidance. */
  whole: 0.12,
  /**
   * Probability that, otherwise, attributes are dropped one by one. Each such prompt draws its own
   * rate from U[0, 1), so that every number of given attributes is equally frequent among them.
   */
  byAttribute: 0.5,
} as const;

/**
 * Draws `count` prompts with the distribution of the teacher's data. The stream alone determines
 * them, and `full` and `partial` consume it differently.
 */
export function samplePrompts(random: PromptRandom, count: number, mode: PromptMode): Prompt[] {
  return Array.from({ length: count }, () => {
    const prompt = ATTRIBUTES.map((attribute) => {
      const probabilities = VALUE_PROBABILITIES[attribute.name];
      return probabilities
        ? pick(probabilities, random.uniform())
        : random.integer(attribute.values.length);
    });
    return mode === 'full' ? prompt : dropOut(prompt, random);
  });
}

/** Leaves attributes of a prompt open, as in the teacher's training; see `promptDropout`. */
export function dropOut(prompt: Prompt, random: PromptRandom): Prompt {
  const rate = dropRate(random);
  return prompt.map((id, index) => (random.uniform() < rate ? anyId(index) : id));
}

/** Probability with which each attribute of one prompt is dropped. */
function dropRate(random: PromptRandom): number {
  const which = random.uniform();
  if (which < promptDropout.whole) return 1;
  const partly = promptDropout.whole + (1 - promptDropout.whole) * promptDropout.byAttribute;
  return which < partly ? random.uniform() : 0;
}

/** Index at which the running sum of `probabilities` passes `uniform`, a number of [0, 1). */
function pick(probabilities: readonly number[], uniform: number): number {
  let sum = 0;
  const index = probabilities.findIndex((probability) => (sum += probability) > uniform);
  return index === -1 ? probabilities.length - 1 : index;
}
