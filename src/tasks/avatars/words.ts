import type { Prompt } from '../promptSpace';
import type { ReadPrompt } from '../task';
import { avatarPrompts, type AttributeName } from './attributes';
import { PromptReader } from './promptReader';

/** Said for the null prompt. */
const ANYONE = 'anyone';

const PHRASE_ENDS = /[,;.!?()\n]+/;
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * A prompt in plain words, as in "long red hair, tan skin, sunglasses, a hat, navy shirt, happy, on
 * pink". What is open is not mentioned. `wordsToPrompt` gives the same prompt back.
 *
 * @throws {PromptError} when `prompt` is not valid.
 */
export function promptToWords(prompt: Prompt): string {
  avatarPrompts.check(prompt);
  const say = (name: AttributeName, wrap = (word: string) => word) => {
    const word = valueName(prompt, name);
    return word === undefined ? [] : [wrap(word)];
  };
  const phrases = [
    ...hairWords(prompt),
    ...say('skin', (color) => `${color} skin`),
    ...say('glasses'),
    ...say('hat'),
    ...say('clothing', (color) => `${color} shirt`),
    ...say('mouth'),
    ...say('background', (color) => `on ${color}`),
  ];
  return phrases.length === 0 ? ANYONE : phrases.join(', ');
}

function hairWords(prompt: Prompt): string[] {
  const length = valueName(prompt, 'hairLength');
  const color = valueName(prompt, 'hairColor');
  // The colour of no hair is not seen, yet it is part of the prompt and must survive.
  if (length === 'bald') return [color === undefined ? length : `${length} (${color} hair)`];
  const adjectives = [length, color].filter((word) => word !== undefined);
  return adjectives.length === 0 ? [] : [`${adjectives.join(' ')} hair`];
}

/** Name of the value that `prompt` gives an attribute, undefined for "any". */
function valueName(prompt: Prompt, name: AttributeName): string | undefined {
  return avatarPrompts.valueOf(prompt, name)?.name;
}

/**
 * Reads plain words as a prompt, tolerantly: any order, with or without commas, a few synonyms,
 * the last of two contradicting words wins. Never throws; what it cannot use is in `unknown`.
 */
export function wordsToPrompt(text: string): ReadPrompt {
  const reader = new PromptReader();
  const phrases = text.normalize('NFKC').toLowerCase().split(PHRASE_ENDS);
  for (const phrase of phrases) {
    for (const word of phrase.match(WORD) ?? []) reader.read(word);
    reader.endPhrase();
  }
  return { prompt: reader.prompt, unknown: reader.unknown };
}
