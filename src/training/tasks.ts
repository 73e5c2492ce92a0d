import type { ImageTask, Split } from '../tasks/task';
import { ATTRIBUTES } from '../tasks/avatars/attributes';
import { CLASSIFIER_URL, JUDGED } from '../tasks/avatars/classifier';
import { AVATAR_SIZE, realAvatars } from '../tasks/avatars/generator';
import { samplePrompts } from '../tasks/avatars/prompts';
import { promptToWords, wordsToPrompt } from '../tasks/avatars/words';
import { PromptSpace } from '../tasks/promptSpace';

/** A task as training sees it. */
export type TrainingTask = Omit<ImageTask, 'judged'> & { readonly judged: typeof JUDGED };

/** Added to the seed, so that what is learnt from and what is measured against are other images. */
const SPLIT_SEEDS: Readonly<Record<Split, number>> = { training: 0x7ea_c4e5, heldOut: 0x4e1d_0a7 };

/** Stands in until the registry of tasks is there. */
const avatars: TrainingTask = {
  id: 'avatars',
  title: 'Avatars',
  summary: 'Pixel-art faces of 16x16; prompts fix any of eight attributes.',
  difficulty: 'The teacher needs guidance to follow its prompts.',
  credits: [
    {
      title: 'Pixel Art',
      author: 'DiceBear',
      licence: 'CC0-1.0',
      url: 'https://www.figma.com/community/file/1198754108850888330',
    },
  ],
  size: AVATAR_SIZE,
  prompts: new PromptSpace(ATTRIBUTES),
  samplePrompts: (random, count) => samplePrompts(random, count, 'full'),
  toWords: promptToWords,
  fromWords: wordsToPrompt,
  judged: JUDGED,
  classifier: CLASSIFIER_URL,
  openImages: () =>
    Promise.resolve({
      draw: (seed, count, split) => realAvatars((seed + SPLIT_SEEDS[split]) >>> 0, count),
    }),
};

export const TASKS: readonly TrainingTask[] = [avatars];

export const findTask = (id: string): TrainingTask | undefined =>
  TASKS.find((task) => task.id === id);
