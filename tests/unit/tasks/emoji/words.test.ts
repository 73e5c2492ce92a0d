import { describe, expect, test } from 'vitest';
import {
  ATTRIBUTES,
  EMOJI_PROMPTS,
  type AttributeName,
} from '../../../../src/tasks/emoji/attributes';
import { promptToWords, wordsToPrompt } from '../../../../src/tasks/emoji/words';
import { PromptError, type Prompt } from '../../../../src/tasks/promptSpace';

/** A prompt that gives those attributes, as value names. */
const promptOf = (given: Partial<Record<AttributeName, string>>): Prompt =>
  ATTRIBUTES.map(({ name, values }, index) => {
    const word = given[name];
    if (word === undefined) return EMOJI_PROMPTS.anyId(index);
    return (values as readonly { name: string }[]).findIndex((value) => value.name === word);
  });

describe('promptToWords', () => {
  test.each<[string, Partial<Record<AttributeName, string>>]>([
    ['any emoji', {}],
    ['heart', { group: 'heart' }],
    ['red heart', { group: 'heart', colour: 'red' }],
    ['red emoji', { colour: 'red' }],
    ['on pink', { background: 'pink' }],
    [
      'yellow face, fluent style, on sky blue',
      {
        group: 'face',
        colour: 'yellow',
        style: 'fluent',
        background: 'sky blue',
      },
    ],
  ])('%s', (words, given) => {
    expect(promptToWords(promptOf(given))).toBe(words);
  });

  test('refuses what is no prompt', () => {
    expect(() => promptToWords([1, 2, 3])).toThrow(PromptError);
  });
});

test('words give the same prompt back, for every prompt there is', () => {
  const choices = EMOJI_PROMPTS.nullPrompt.map((any) =>
    Array.from({ length: any + 1 }, (_, id) => id),
  );
  const prompts = choices.reduce<number[][]>(
    (all, ids) => all.flatMap((prompt) => ids.map((id) => [...prompt, id])),
    [[]],
  );
  expect(prompts.length).toBe(10 * 4 * 12 * 7);
  for (const prompt of prompts) {
    expect(wordsToPrompt(promptToWords(prompt))).toEqual({ prompt, unknown: [] });
  }
});

describe('wordsToPrompt understands', () => {
  test.each<[string, Partial<Record<AttributeName, string>>]>([
    ['', {}],
    ['Anything.', {}],
    ['A PINK HEART', { group: 'heart', colour: 'pink' }],
    ['on navy: a car by Google', { group: 'vehicle', style: 'noto', background: 'navy' }],
    [
      'yellow house, white background',
      { group: 'building', colour: 'yellow', background: 'white' },
    ],
    ['on a dark blue background, blue sign', { group: 'sign', colour: 'blue', background: 'navy' }],
    ['navy heart', { group: 'heart', colour: 'blue' }],
    ['flowers against the sky', { group: 'plant', background: 'sky blue' }],
    ['red, no: green tree', { group: 'plant', colour: 'green' }],
    ['people in twitter style', { group: 'person', style: 'twemoji' }],
  ])('%s', (text, given) => {
    expect(wordsToPrompt(text).prompt).toEqual(promptOf(given));
  });

  test('and says what it does not', () => {
    expect(wordsToPrompt('a shiny red zebra, shiny, on plaid')).toEqual({
      prompt: promptOf({ colour: 'red' }),
      unknown: ['shiny', 'zebra', 'plaid'],
    });
  });

  test('every synonym, none of which means two things at once', () => {
    for (const { name, values } of EMOJI_PROMPTS.attributes) {
      values.forEach(({ name: word, also = [] }, id) => {
        for (const text of [word, ...also]) {
          const { prompt, unknown } = wordsToPrompt(name === 'background' ? `on ${text}` : text);
          expect(unknown, text).toEqual([]);
          expect(prompt, text).toEqual(
            EMOJI_PROMPTS.nullPrompt.with(EMOJI_PROMPTS.indexOf(name), id),
          );
        }
      });
    }
  });
});
