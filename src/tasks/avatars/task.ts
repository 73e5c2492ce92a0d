import type { ImageTask } from '../task';
import { avatarPrompts } from './attributes';
import { JUDGED_AVATARS } from './judged';
import { sampleAvatarPrompts } from './prompts';
import { AVATAR_SIZE } from './size';
import { promptToWords, wordsToPrompt } from './words';

/** The default task: text-to-image in miniature. */
export const avatarTask: ImageTask = {
  id: 'avatars',
  title: 'Avatars',
  summary:
    'Pixel-art faces of 16x16 pixels with eight attributes; a prompt fixes any of them and leaves ' +
    'the rest open.',
  difficulty:
    'Its teacher needs guidance to follow a prompt well, but with all attributes given there is ' +
    'little left to choose: between the paper’s simple and complex tasks.',
  credits: [
    {
      title: 'Pixel Art',
      author: 'DiceBear',
      licence: 'CC0-1.0',
      url: 'https://www.figma.com/community/file/1198754108850888330',
    },
  ],
  data:
    'Faces of DiceBear “Pixel Art” 9.4, native 16x16, put together at random: hair short 45 %, long ' +
    '44 %, none 11 %; a hat 20 %; glasses 40 %, half of them dark; happy 60 %; no beard, no ' +
    'accessories; everything else uniform.',
  size: AVATAR_SIZE,
  prompts: avatarPrompts,
  samplePrompts: sampleAvatarPrompts,
  toWords: promptToWords,
  fromWords: wordsToPrompt,
  judged: JUDGED_AVATARS,
  judging: [
    'Hair colours brown, mahogany, chestnut and auburn are one class: they differ in green alone, by ' +
      '10 to 30 of 255, and a classifier that kept them apart took 7 to 12 % of them for one ' +
      'another even on clean, bare-headed avatars.',
    'Hair colour is scored only where the prompt gives hair and no hat, hair length only where it ' +
      'gives no hat: a hat may cover short hair wholly, and a bald head has no colour.',
  ],
  classifier: 'classifiers/avatars.safetensors',
  // Endless: two seeds share hardly a face, so that nothing need be held out.
  openImages: async () => {
    // Only when something is drawn: the page itself has no use for DiceBear.
    const { avatarImages } = await import('./generator');
    return avatarImages;
  },
};
