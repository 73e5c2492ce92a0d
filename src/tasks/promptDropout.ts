import type { Prompt, PromptSpace } from './promptSpace';
import type { TaskRandom } from './task';

/** Drop-out of prompts, as in the teachers' training. */
export const promptDropout = {
  /** Probability that all attributes are dropped at once: the null prompt of guidance. */
  whole: 0.12,
  /**
   * Probability that, otherwise, attributes are dropped one by one. Each such prompt draws its own
   * rate from U[0, 1), so that every number of given attributes is equally frequent among them.
   */
  byAttribute: 0.5,
} as const;

/** Leaves attributes of a prompt open, as in the teacher's training; see `promptDropout`. */
export function dropOut(space: PromptSpace, prompt: Prompt, random: TaskRandom): Prompt {
  const rate = dropRate(random);
  return prompt.map((id, index) => (random.uniform() < rate ? space.anyId(index) : id));
}

/** Probability with which each attribute of one prompt is dropped. */
function dropRate(random: TaskRandom): number {
  const which = random.uniform();
  if (which < promptDropout.whole) return 1;
  const partly = promptDropout.whole + (1 - promptDropout.whole) * promptDropout.byAttribute;
  return which < partly ? random.uniform() : 0;
}
