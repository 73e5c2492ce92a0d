import type { Prompt } from '../promptSpace';
import type { ReadPrompt } from '../task';
import { ATTRIBUTES, EMOJI_PROMPTS, type AttributeName } from './attributes';

/** Stands for a group that is not given. */
const ANY_GROUP = 'emoji';
/** Said for the null prompt. */
const ANYTHING = `any ${ANY_GROUP}`;

const WORD = /[\p{L}\p{N}]+/gu;
/** Names have at most so many words. */
const LONGEST_NAME = 2;
/** After one of these the next colour is the background's; so is one before a `BACKDROP`. */
const BEFORE_BACKGROUND = new Set(['on', 'against']);
const BACKDROPS = new Set(['background', 'backdrop']);
/** Say nothing. */
const FILLERS = new Set([
  ...['a', 'an', 'the', 'any', 'some', 'and', 'with', 'of', 'in', 'by', 'from', 'is'],
  ...['emoji', 'emojis', 'style', 'drawn', 'picture', 'colour', 'color', 'coloured', 'colored'],
  ...['anything', 'something', ...BACKDROPS],
]);

/**
 * A prompt in plain words, as in "red heart, twemoji style, on pink". What is open is not mentioned.
 * `wordsToPrompt` gives the same prompt back. Throws PromptError when `prompt` is none.
 */
export const promptToWords = (prompt: Prompt): string => {
  EMOJI_PROMPTS.check(prompt);
  const [group, style, colour, background] = (
    ['group', 'style', 'colour', 'background'] as const
  ).map((name) => EMOJI_PROMPTS.valueOf(prompt, name)?.name);
  const subject = [colour, group ?? (colour === undefined ? undefined : ANY_GROUP)];
  const phrases = [
    subject.filter((word) => word !== undefined).join(' '),
    style === undefined ? '' : `${style} style`,
    background === undefined ? '' : `on ${background}`,
  ].filter((phrase) => phrase !== '');
  return phrases.length === 0 ? ANYTHING : phrases.join(', ');
};

/** Names and synonyms of an attribute's values, with their ids. */
const vocabularyOf = (name: AttributeName): ReadonlyMap<string, number> =>
  new Map(
    (EMOJI_PROMPTS.attributes[EMOJI_PROMPTS.indexOf(name)]?.values ?? []).flatMap(
      ({ name: word, also = [] }, id) => [word, ...also].map((text) => [text, id] as const),
    ),
  );

const VOCABULARIES = new Map(ATTRIBUTES.map(({ name }) => [name, vocabularyOf(name)]));

interface Match {
  readonly name: AttributeName;
  readonly id: number;
  /** Number of words used. */
  readonly length: number;
}

/** The value of one of `names` that `words` begin with, longest name first. */
const match = (names: readonly AttributeName[], words: readonly string[]): Match | undefined => {
  for (let length = Math.min(LONGEST_NAME, words.length); length > 0; length--) {
    const phrase = words.slice(0, length).join(' ');
    for (const name of names) {
      const id = VOCABULARIES.get(name)?.get(phrase);
      if (id !== undefined) return { name, id, length };
    }
  }
  return undefined;
};

/** A colour that `words` begin with, where it is the background's: `awaited`, or named as such. */
const matchBackground = (words: readonly string[], awaited: boolean): Match | undefined => {
  const found = match(['background'], words);
  return found && (awaited || BACKDROPS.has(words[found.length] ?? '')) ? found : undefined;
};

/**
 * Reads plain words as a prompt, tolerantly: any order, with or without commas, a few synonyms, the
 * last of two contradicting words wins. Never throws; what it cannot use is in `unknown`.
 */
export const wordsToPrompt = (text: string): ReadPrompt => {
  const words = text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
  const ids = [...EMOJI_PROMPTS.nullPrompt];
  const unknown = new Set<string>();
  let awaited = false;
  for (let at = 0; at < words.length; at++) {
    const rest = words.slice(at);
    const [word = ''] = rest;
    const found = matchBackground(rest, awaited) ?? match(['group', 'style', 'colour'], rest);
    if (found) {
      ids[EMOJI_PROMPTS.indexOf(found.name)] = found.id;
      at += found.length - 1;
      if (found.name === 'background') awaited = false;
    } else if (BEFORE_BACKGROUND.has(word)) awaited = true;
    else if (!FILLERS.has(word)) unknown.add(word);
  }
  return { prompt: ids, unknown: [...unknown] };
};
