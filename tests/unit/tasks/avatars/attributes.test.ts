import { describe, expect, test } from 'vitest';
import { ATTRIBUTES, avatarPrompts } from '../../../../src/tasks/avatars/attributes';
import { PromptError, type Attribute } from '../../../../src/tasks/promptSpace';

const attributes: readonly Attribute[] = ATTRIBUTES;

test('the table is the one that the teacher was trained with', () => {
  expect(attributes.map(({ name, values }) => [name, values.length])).toEqual([
    ['background', 8],
    ['skin', 8],
    ['hairLength', 3],
    ['hairColor', 11],
    ['hat', 2],
    ['glasses', 3],
    ['clothing', 12],
    ['mouth', 2],
  ]);
  expect(attributes[0]?.values.map(({ hex }) => hex?.slice(1)).join(' ')).toBe(
    'b6e3f4 ffd5dc d1f4d9 ffdfbf c0aede 2c3e70 7a1f3d 1f6f5c',
  );
});

test.each(attributes.map((attribute) => [attribute.name, attribute] as const))(
  'names and colours of %s are unique',
  (_, { values }) => {
    const words = values.flatMap(({ name, also = [] }) => [name, ...also]);
    expect(new Set(words).size).toBe(words.length);
    const colors = values.flatMap(({ hex }) => (hex === undefined ? [] : [hex]));
    expect(new Set(colors).size).toBe(colors.length);
    expect([0, values.length]).toContain(colors.length);
    for (const color of colors) expect(color).toMatch(/^#[0-9a-f]{6}$/);
  },
);

describe('prompts', () => {
  test('"any" is the id after the last value', () => {
    expect(avatarPrompts.nullPrompt).toEqual([8, 8, 3, 11, 2, 3, 12, 2]);
    expect(avatarPrompts.anyId(avatarPrompts.indexOf('clothing'))).toBe(12);
    expect(() => avatarPrompts.anyId(8)).toThrow(PromptError);
  });

  test('rows follow one another without a gap', () => {
    expect(avatarPrompts.rowOffsets).toEqual([0, 9, 18, 22, 34, 37, 41, 54]);
    expect(avatarPrompts.rowCount).toBe(57);
    expect([...avatarPrompts.rowsOf([[0, 0, 0, 0, 0, 0, 0, 0]])]).toEqual(avatarPrompts.rowOffsets);
    expect([...avatarPrompts.rowsOf([avatarPrompts.nullPrompt])]).toEqual([
      8, 17, 21, 33, 36, 40, 53, 56,
    ]);
  });

  test.each([
    [[8, 8, 3, 11, 2, 3, 12]],
    [[9, 8, 3, 11, 2, 3, 12, 2]],
    [[-1, 8, 3, 11, 2, 3, 12, 2]],
    [[0.5, 8, 3, 11, 2, 3, 12, 2]],
    [[NaN, 8, 3, 11, 2, 3, 12, 2]],
  ])('%j is refused', (ids) => {
    expect(() => avatarPrompts.rowsOf([ids])).toThrow(PromptError);
    expect(avatarPrompts.schema.safeParse(ids).success).toBe(false);
  });
});
