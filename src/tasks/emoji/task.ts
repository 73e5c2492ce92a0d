import type { ImageTask } from '../task';
import { EMOJI_PROMPTS, EMOJI_SIZE } from './attributes';
import { samplePrompts } from './choice';
import { EMOJI_CREDITS } from './credits';
import { imagesOpener } from './images';
import { EMOJI_JUDGED } from './judged';
import { promptToWords, wordsToPrompt } from './words';

/** Emoji of three artists on plain backgrounds. */
export const emojiTask: ImageTask = {
  id: 'emoji',
  title: 'Emoji',
  summary:
    'Emoji at 16x16 pixels, drawn by three artists; a prompt says what kind, whose style, which main colour and background.',
  difficulty:
    'Complex: a kind has many shapes in three styles of drawing, so a small teacher needs guidance to make a picture that is clearly one of them.',
  credits: EMOJI_CREDITS,
  data:
    '510 emoji in the styles of Noto, Twemoji and Fluent, scaled to 14x14 pixels in the middle of a ' +
    'plain background. Group, style, picture and background are drawn uniformly, one after another; ' +
    'a tenth of the emoji is held out, in all styles.',
  size: EMOJI_SIZE,
  prompts: EMOJI_PROMPTS,
  samplePrompts,
  toWords: promptToWords,
  fromWords: wordsToPrompt,
  judged: EMOJI_JUDGED,
  judging: [
    'Main colours are judged by family, since borders within one run through the middle of drawings: ' +
      'red and pink; orange and brown; white, grey and black.',
    'Held-out pictures are of emoji that it never saw: their accuracy is the ceiling for new shapes.',
  ],
  classifier: 'classifiers/emoji.safetensors',
  openImages: imagesOpener(),
};
