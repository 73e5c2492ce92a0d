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
  size: EMOJI_SIZE,
  prompts: EMOJI_PROMPTS,
  samplePrompts,
  toWords: promptToWords,
  fromWords: wordsToPrompt,
  judged: EMOJI_JUDGED,
  classifier: 'classifiers/emoji.safetensors',
  openImages: imagesOpener(),
};
