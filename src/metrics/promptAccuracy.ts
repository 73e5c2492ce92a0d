import type { Prompt, PromptSpace } from '../tasks/promptSpace';
import type { JudgedAttribute } from '../tasks/task';
import { countSamples, MetricError } from './metricError';

/** How well images follow their prompts; shares, 0 to 1. */
export interface PromptAccuracy {
  /** Share of right answers by attribute; attributes that no prompt scores are absent. */
  readonly accuracy: Readonly<Record<string, number>>;
  /** Mean of `accuracy` over its attributes, each of the same weight. */
  readonly meanAccuracy: number;
  /** Share of images that have every scored attribute of their prompt. */
  readonly allRight: number;
}

/** What a task's classifier is asked about, and what its prompts may say. */
export interface Judging {
  readonly judged: readonly JudgedAttribute[];
  readonly prompts: PromptSpace;
}

/** Place of the largest of `count` values from `start` on; the first of several. */
const argmax = (values: Float32Array, start: number, count: number): number => {
  let best = 0;
  for (let i = 1; i < count; i++) {
    if ((values[start + i] ?? 0) > (values[start + best] ?? 0)) best = i;
  }
  return best;
};

/**
 * Prompt accuracy: an attribute is right when the classifier's largest logit is the class that the
 * prompt asks for. Attributes that the prompt leaves open, or that cannot be seen (hair colour of a
 * bald head), are not scored; images with none scored are left out. The ceiling is the classifier's
 * own accuracy on real images, and chance is not zero (one half for two classes).
 *
 * @param logits (n, sum of classes): the attributes of `judged` side by side, in their order.
 * @throws {MetricError} when logits and prompts do not fit, or no prompt asks for anything.
 */
export const promptAccuracy = (
  logits: Float32Array,
  prompts: readonly Prompt[],
  { judged, prompts: space }: Judging,
): PromptAccuracy => {
  const width = judged.reduce((sum, { classes }) => sum + classes, 0);
  const count = countSamples('The logits', logits, width);
  if (count !== prompts.length) {
    throw new MetricError(`${count} images were judged, but there are ${prompts.length} prompts.`);
  }
  const tallies = judged.map(() => ({ scored: 0, right: 0 }));
  let [images, allRight] = [0, 0];
  prompts.forEach((prompt, image) => {
    let [scored, right] = [0, 0];
    let start = image * width;
    judged.forEach(({ attribute, classes, classOf, visible }, which) => {
      const index = space.indexOf(attribute);
      const asked = prompt[index] ?? space.anyId(index);
      const tally = tallies[which];
      if (tally && asked !== space.anyId(index) && visible(prompt)) {
        const isRight = argmax(logits, start, classes) === classOf(asked);
        tally.scored++;
        scored++;
        if (isRight) {
          tally.right++;
          right++;
        }
      }
      start += classes;
    });
    if (scored > 0) images++;
    if (scored > 0 && right === scored) allRight++;
  });
  if (images === 0) throw new MetricError('No prompt asks for anything that can be judged.');
  const shares = judged.flatMap(({ attribute }, which): [string, number][] => {
    const { scored, right } = tallies[which] ?? { scored: 0, right: 0 };
    return scored > 0 ? [[attribute, right / scored]] : [];
  });
  return {
    accuracy: Object.fromEntries(shares),
    meanAccuracy: shares.reduce((sum, [, share]) => sum + share, 0) / shares.length,
    allRight: allRight / images,
  };
};
