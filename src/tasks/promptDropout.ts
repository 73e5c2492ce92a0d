import type { Prompt, PromptSpace } from './promptSpace';
import type { TaskRandom } from './task';

/** How prompts are dropped out; shares, 0 to 1. */
export interface PromptDropout {
  /** Probability that all attributes are dropped at once: the null prompt of guidance. */
  readonly whole: number;
  /**
   * Probability that, otherwise, attributes are dropped one by one. Each such prompt draws its own
   * rate from U[0, 1), so that every number of given attributes is equally frequent among them.
   */
  readonly byAttribute: number;
}

/** Drop-out of prompts, as in the teachers' training. */
export const promptDropout: PromptDropout = { whole: 0.12, byAttribute: 0.5 };

/** Leaves attributes of a prompt open: all, one by one at a rate of the prompt's own, or none. */
export function dropOut(
  space: PromptSpace,
  prompt: Prompt,
  random: TaskRandom,
  dropout = promptDropout,
): Prompt {
  const rate = dropRate(dropout, random);
  return prompt.map((id, index) => (random.uniform() < rate ? space.anyId(index) : id));
}

/** Probability with which each attribute of one prompt is dropped. */
function dropRate({ whole, byAttribute }: PromptDropout, random: TaskRandom): number {
  const which = random.uniform();
  if (which < whole) return 1;
  return which < whole + (1 - whole) * byAttribute ? random.uniform() : 0;
}
