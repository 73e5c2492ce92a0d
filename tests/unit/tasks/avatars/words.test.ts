import { describe, expect, test } from 'vitest';
import { PhiloxStream } from '../../../../src/graph/philox';
import {
  ATTRIBUTES,
  type AttributeName,
  avatarPrompts,
} from '../../../../src/tasks/avatars/attributes';
import { PromptError, type Prompt } from '../../../../src/tasks/promptSpace';
import { promptToWords, wordsToPrompt } from '../../../../src/tasks/avatars/words';

/** A prompt that gives those attributes, as value names. */
function promptOf(given: Partial<Record<AttributeName, string>>): Prompt {
  return ATTRIBUTES.map(({ name, values }, index) => {
    const word = given[name];
    if (word === undefined) return avatarPrompts.nullPrompt[index] ?? NaN;
    return (values as readonly { name: string }[]).findIndex((value) => value.name === word);
  });
}

describe('promptToWords', () => {
  test.each<[string, Partial<Record<AttributeName, string>>]>([
    ['anyone', {}],
    ['long red hair, on pink', { hairLength: 'long', hairColor: 'red', background: 'pink' }],
    ['short hair', { hairLength: 'short' }],
    ['blue hair', { hairColor: 'blue' }],
    ['bald', { hairLength: 'bald' }],
    ['bald (red hair)', { hairLength: 'bald', hairColor: 'red' }],
    ['no glasses, a hat', { glasses: 'no glasses', hat: 'a hat' }],
    [
      'short dark blond hair, tan skin, sunglasses, no hat, navy shirt, happy, on sky blue',
      {
        hairLength: 'short',
        hairColor: 'dark blond',
        skin: 'tan',
        glasses: 'sunglasses',
        hat: 'no hat',
        clothing: 'navy',
        mouth: 'happy',
        background: 'sky blue',
      },
    ],
  ])('%s', (words, given) => {
    expect(promptToWords(promptOf(given))).toBe(words);
    expect(wordsToPrompt(words)).toEqual({ prompt: promptOf(given), unknown: [] });
  });

  test('refuses what is no prompt', () => {
    expect(() => promptToWords([1, 2, 3])).toThrow(PromptError);
  });
});

test('words give the same prompt back, for thousands of partial prompts', () => {
  const random = new PhiloxStream(11, 0, 0);
  for (let trial = 0; trial < 5000; trial++) {
    const rate = random.uniform();
    const prompt = avatarPrompts.nullPrompt.map((any) =>
      random.uniform() < rate ? any : random.integer(any),
    );
    const words = promptToWords(prompt);
    expect(wordsToPrompt(words), words).toEqual({ prompt, unknown: [] });
  }
});

describe('wordsToPrompt understands', () => {
  test.each<[string, Partial<Record<AttributeName, string>>]>([
    ['', {}],
    ['Anyone.', {}],
    ['LONG, RED HAIR', { hairLength: 'long', hairColor: 'red' }],
    ['red and long hair', { hairLength: 'long', hairColor: 'red' }],
    ['hair: red', { hairColor: 'red' }],
    ['a red-haired person', { hairColor: 'red' }],
    ['blonde', { hairColor: 'blond' }],
    ['someone with no hair', { hairLength: 'bald' }],
    ['no hat and glasses', { hat: 'no hat', glasses: 'glasses' }],
    ['without a hat, without glasses', { hat: 'no hat', glasses: 'no glasses' }],
    ['dark glasses', { glasses: 'sunglasses' }],
    ['sun glasses', { glasses: 'sunglasses' }],
    ['light brown hair', { hairColor: 'light brown' }],
    ['light skin', { skin: 'light' }],
    ['wearing navy', { clothing: 'navy' }],
    ['in a dark red t-shirt', { clothing: 'dark red' }],
    ['on a pink background', { background: 'pink' }],
    ['background colour mint', { background: 'mint' }],
    ['smiling', { mouth: 'happy' }],
    ['red hair, no, blue hair', { hairColor: 'blue' }],
    [
      'sad tan skin long black hair a hat in blue on lavender',
      {
        mouth: 'sad',
        skin: 'tan',
        hairLength: 'long',
        hairColor: 'black',
        hat: 'a hat',
        clothing: 'blue',
        background: 'lavender',
      },
    ],
  ])('"%s"', (text, given) => {
    expect(wordsToPrompt(text).prompt).toEqual(promptOf(given));
  });
});

describe('wordsToPrompt tells what it did not understand', () => {
  test.each<[string, string[], Partial<Record<AttributeName, string>>]>([
    [
      'long red hair, round glasses, a hat, on pink',
      ['round'],
      {
        hairLength: 'long',
        hairColor: 'red',
        glasses: 'glasses',
        hat: 'a hat',
        background: 'pink',
      },
    ],
    ['purple hair', ['purple'], {}],
    ['black hat', ['black'], { hat: 'a hat' }],
    ['no red hair', ['no', 'red'], {}],
    ['no smile', ['no', 'smile'], {}],
    ['red', ['red'], {}],
    ['a dragon, a dragon', ['dragon'], {}],
    ['__proto__ constructor', ['proto', 'constructor'], {}],
  ])('"%s"', (text, unknown, given) => {
    expect(wordsToPrompt(text)).toEqual({ prompt: promptOf(given), unknown });
  });

  test('and never throws', () => {
    const random = new PhiloxStream(12, 0, 0);
    const pieces = [
      ...'no without on in with hair hat glasses long red dark sky blue happy , ( ) skin'.split(
        ' ',
      ),
      '\u{1f600}',
      '\ud800',
      'ﬁ',
    ];
    for (let trial = 0; trial < 2000; trial++) {
      const text = Array.from({ length: random.integer(9) }, () => pieces[random.integer(21)]);
      const { prompt } = wordsToPrompt(text.join(' '));
      expect(() => promptToWords(prompt)).not.toThrow();
    }
  });
});

test('attributes are found by name', () => {
  expect(ATTRIBUTES[avatarPrompts.indexOf('glasses')]?.name).toBe('glasses');
});
