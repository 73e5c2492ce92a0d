import { describe, expect, test } from 'vitest';
import {
  countPrompts,
  OwnTaskError,
  ownTaskId,
  parseOwnDefinition,
  toName,
  toTitle,
  type OwnDefinition,
} from '../../../../src/tasks/own/definition';

const DEFINITION: OwnDefinition = {
  version: 1,
  title: 'Shapes',
  size: 16,
  attributes: [
    { name: 'shape', title: 'shape', values: ['circle', 'square'] },
    { name: 'colour', title: 'colour', values: ['red', 'sky blue', 'grün'] },
  ],
  pictures: {
    count: 8,
    sha256: 'a'.repeat(64),
    shown: [
      [[0, 1], 5],
      [[1, 3], 3],
    ],
  },
};

test('a definition survives JSON, and its id tells it from others', () => {
  const again = parseOwnDefinition(JSON.parse(JSON.stringify(DEFINITION)));
  expect(again).toEqual(DEFINITION);
  expect(ownTaskId(again)).toBe(ownTaskId(DEFINITION));
  expect(ownTaskId(DEFINITION)).toMatch(/^own-[0-9a-f]{8}$/);
  expect(ownTaskId({ ...DEFINITION, size: 24 })).not.toBe(ownTaskId(DEFINITION));
});

const attribute = (part: object) => ({
  ...DEFINITION,
  pictures: null,
  attributes: [{ name: 'a', title: 'a', values: ['x'], ...part }],
});
const many = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);

describe('what is no task is refused', () => {
  test.each([
    ['nothing', null],
    ['another version', { ...DEFINITION, version: 2 }],
    ['a tiny image', { ...DEFINITION, size: 7 }],
    ['a huge image', { ...DEFINITION, size: 65 }],
    ['a fractional image', { ...DEFINITION, size: 16.5 }],
    ['an empty title', { ...DEFINITION, title: '' }],
    ['a title of two lines', { ...DEFINITION, title: 'a\nb' }],
    ['no attributes', { ...DEFINITION, attributes: [], pictures: null }],
    ['a parameter name with a dot', attribute({ name: 'a.b' })],
    ['a parameter name that is a number', attribute({ name: '1' })],
    ['no values', attribute({ values: [] })],
    ['too many values', attribute({ values: many(257) })],
    ['a value twice', attribute({ values: ['x', 'x'] })],
    ['a value that is no name', attribute({ values: ['a, b'] })],
    ['a value in capitals', attribute({ values: ['Red'] })],
    ['an unknown field', { ...DEFINITION, more: 1 }],
    [
      'too many attributes',
      {
        ...DEFINITION,
        pictures: null,
        attributes: many(17).map((name) => ({ name, title: name, values: ['x'] })),
      },
    ],
    [
      'a prompt that it does not have',
      { ...DEFINITION, pictures: { ...DEFINITION.pictures, shown: [[[0, 4], 8]] } },
    ],
    [
      'another number of pictures',
      { ...DEFINITION, pictures: { ...DEFINITION.pictures, shown: [[[0, 1], 7]] } },
    ],
  ])('%s', (_, json) => {
    expect(() => parseOwnDefinition(json)).toThrow(OwnTaskError);
  });

  test('but not the largest that may be', () => {
    expect(parseOwnDefinition(attribute({ values: many(256) })).attributes).toHaveLength(1);
  });
});

test('any text becomes a name or a title, or nothing', () => {
  expect(toName('  Long-Haired_CATS, 2!')).toBe('long-haired cats 2');
  expect(toName('ﬁg\u0000')).toBe('fig');
  expect(toName('--')).toBe('--');
  expect(toName(';;')).toBe('');
  expect(toName('x'.repeat(100))).toHaveLength(40);
  expect(toTitle(' My\n pictures\u202e ')).toBe('My pictures');
});

test('prompts are counted in the order in which they come', () => {
  expect(
    countPrompts([
      [1, 0],
      [0, 0],
      [1, 0],
    ]),
  ).toEqual([
    [[1, 0], 2],
    [[0, 0], 1],
  ]);
});
