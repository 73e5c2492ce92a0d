import type { AttributeValue } from '../promptSpace';
import { avatarPrompts, type AttributeName } from './attributes';

/** What a word does to a description that is read from left to right. */
export type Meaning =
  /** Names attributes; adjectives before it (or, failing these, after it) belong to them. */
  | { readonly kind: 'noun'; readonly attributes: readonly AttributeName[] }
  /** An adjective that needs no noun, as "happy". */
  | { readonly kind: 'value'; readonly attribute: AttributeName; readonly id: number }
  /** Something to have or not: "no" before it gives id 0. Takes adjectives like a noun. */
  | { readonly kind: 'thing'; readonly attribute: AttributeName; readonly id: number }
  /** Begins a new phrase, whose adjectives belong to `scope` when no noun follows. */
  | { readonly kind: 'preposition'; readonly scope?: readonly AttributeName[] }
  | { readonly kind: 'negation' }
  /** Says nothing. */
  | { readonly kind: 'filler' };

const MEANINGS = new Map<string, Meaning>([
  ...mean('hair haired', { kind: 'noun', attributes: ['hairLength', 'hairColor'] }),
  ...mean('skin skinned complexion', { kind: 'noun', attributes: ['skin'] }),
  ...mean('background backdrop', { kind: 'noun', attributes: ['background'] }),
  ...mean('shirt tshirt clothes clothing top sweater jumper', {
    kind: 'noun',
    attributes: ['clothing'],
  }),
  ...mean('hat hats cap', { kind: 'thing', attribute: 'hat', id: 1 }),
  ...mean('glasses spectacles specs', { kind: 'thing', attribute: 'glasses', id: 1 }),
  ...mean('sunglasses shades', { kind: 'thing', attribute: 'glasses', id: 2 }),
  ...standalone('mouth', [0, 1]),
  ...standalone('hairLength', [2]),
  ...mean('on against', { kind: 'preposition', scope: ['background'] }),
  ...mean('in wearing wears', { kind: 'preposition', scope: ['clothing'] }),
  ...mean('with has having', { kind: 'preposition' }),
  ...mean('no without', { kind: 'negation' }),
  ...mean('a an the t and is are very any person someone somebody anyone anybody', {
    kind: 'filler',
  }),
  ...mean('color colour colored coloured length', { kind: 'filler' }),
]);

/** Names have at most so many words. */
const LONGEST_NAME = 2;

export interface Match {
  readonly name: AttributeName;
  readonly id: number;
  /** Number of words used. */
  readonly length: number;
}

/** Meaning of a lower-case word, undefined for adjectives and for words that are not known. */
export function meaningOf(word: string): Meaning | undefined {
  return MEANINGS.get(word);
}

/**
 * The value that the first of `words` name, longest name first. Undefined when none of
 * `attributes` has it, or several do: what is ambiguous is not guessed.
 */
export function matchValue(
  words: readonly string[],
  attributes: readonly AttributeName[],
): Match | undefined {
  for (let length = Math.min(LONGEST_NAME, words.length); length > 0; length--) {
    const phrase = words.slice(0, length).join(' ');
    const matches = attributes.flatMap((name): Match[] => {
      const id = valuesOf(name).findIndex((value) => synonyms(value).includes(phrase));
      return id === -1 ? [] : [{ name, id, length }];
    });
    if (matches.length === 1) return matches[0];
  }
  return undefined;
}

export function valuesOf(name: AttributeName): readonly AttributeValue[] {
  return avatarPrompts.attributes[avatarPrompts.indexOf(name)]?.values ?? [];
}

function synonyms({ name, also = [] }: AttributeValue): readonly string[] {
  return [name, ...also];
}

function mean(words: string, meaning: Meaning): [string, Meaning][] {
  return words.split(' ').map((word) => [word, meaning]);
}

function standalone(attribute: AttributeName, ids: readonly number[]): [string, Meaning][] {
  return ids.flatMap((id) => {
    const value = valuesOf(attribute)[id];
    return value ? mean(synonyms(value).join(' '), { kind: 'value', attribute, id }) : [];
  });
}
