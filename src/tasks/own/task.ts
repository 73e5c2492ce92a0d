import { PromptSpace, type Prompt } from '../promptSpace';
import type { FetchAsset, ImageTask, TaskImages, TaskRandom } from '../task';
import { ownTaskId, type OwnDefinition } from './definition';
import { promptToWords, wordsToPrompt } from './words';

type Shown = NonNullable<OwnDefinition['pictures']>['shown'];

/** Prompts as frequent as pictures show them. */
const fromPictures = (shown: Shown): ImageTask['samplePrompts'] => {
  const total = shown.reduce((sum, [, count]) => sum + count, 0);
  const one = (random: TaskRandom): Prompt => {
    let left = random.integer(total);
    for (const [prompt, count] of shown) {
      if (left < count) return prompt;
      left -= count;
    }
    return [];
  };
  return (random, count) => Array.from({ length: count }, () => one(random));
};

/** Every value as frequent as the others of its attribute: nobody knows better. */
const uniform =
  (space: PromptSpace): ImageTask['samplePrompts'] =>
  (random, count) =>
    Array.from({ length: count }, () =>
      space.attributes.map(({ values }) => random.integer(values.length)),
    );

const pixels = (size: number): string => `${size}x${size} pixels`;

/**
 * The task that a definition describes. `openPictures` opens the pictures that it was made from;
 * whoever never draws them may leave it out. There is no classifier: nothing judges what is drawn.
 */
export const ownTask = (
  definition: OwnDefinition,
  openPictures?: (fetchAsset: FetchAsset) => Promise<TaskImages>,
): ImageTask => {
  const { title, size, attributes, pictures } = definition;
  const space = new PromptSpace(
    attributes.map(({ values, ...attribute }) => ({
      ...attribute,
      values: values.map((name) => ({ name })),
    })),
  );
  const says = attributes.map((attribute) => attribute.title).join(', ');
  const missing = (): Promise<never> =>
    Promise.reject(new Error(`The pictures of “${title}” are not here.`));
  return {
    id: ownTaskId(definition),
    title,
    summary: pictures
      ? `${pictures.count} pictures of your own at ${pixels(size)}; prompts say: ${says}.`
      : `What your own teacher draws, at ${pixels(size)}; prompts say: ${says}.`,
    difficulty: 'Nobody has studied it; whether its teacher needs guidance is for you to find out.',
    credits: [],
    data: pictures
      ? `${pictures.count} pictures of a visitor's own, scaled to ${pixels(size)}; a tenth is held out.`
      : "There are no real images, only a visitor's own teacher.",
    size,
    prompts: space,
    samplePrompts: pictures ? fromPictures(pictures.shown) : uniform(space),
    toWords: (prompt) => promptToWords(space, prompt),
    fromWords: (text) => wordsToPrompt(space, text),
    judged: [],
    judging: [],
    classifier: null,
    openImages: pictures ? (openPictures ?? missing) : null,
  };
};
