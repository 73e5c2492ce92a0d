import type { Prompt, PromptSpace } from '../promptSpace';
import type { ReadPrompt } from '../task';
import { toName } from './definition';

/** Said for the null prompt. */
const ANYTHING = 'anything';

/**
 * A prompt in plain words, as in "hat: red, glasses: none"; of a single attribute only the value.
 * What is open is not mentioned. Throws PromptError when `prompt` is none.
 */
export const promptToWords = (space: PromptSpace, prompt: Prompt): string => {
  space.check(prompt);
  const alone = space.attributes.length === 1;
  const phrases = space.attributes.flatMap(({ title, values }, index) => {
    const value = values[prompt[index] ?? values.length];
    if (value === undefined) return [];
    return alone ? [value.name] : [`${title}: ${value.name}`];
  });
  return phrases.length === 0 ? ANYTHING : phrases.join(', ');
};

/** Attribute and id of a value; `title` undefined: of any attribute, the first that has it. */
const find = (
  space: PromptSpace,
  title: string | undefined,
  name: string,
): { readonly index: number; readonly id: number } | undefined => {
  for (const [index, attribute] of space.attributes.entries()) {
    if (title !== undefined && attribute.title !== title) continue;
    const id = attribute.values.findIndex((value) => value.name === name);
    if (id >= 0) return { index, id };
  }
  return undefined;
};

/**
 * Reads plain words as a prompt: phrases between commas, each a value or "title: value"; the last of
 * two contradicting ones wins. Never throws; phrases that it cannot use are in `unknown`.
 */
export const wordsToPrompt = (space: PromptSpace, text: string): ReadPrompt => {
  const ids = [...space.nullPrompt];
  const unknown = new Set<string>();
  for (const phrase of text.split(',')) {
    const [before = '', ...after] = phrase.split(':');
    const titled = after.length > 0;
    const name = toName(titled ? after.join(' ') : before);
    if (name === '' && toName(before) === '') continue;
    const found = find(space, titled ? toName(before) : undefined, name);
    if (found) ids[found.index] = found.id;
    else if (name !== ANYTHING) unknown.add(toName(phrase));
  }
  return { prompt: ids, unknown: [...unknown] };
};
