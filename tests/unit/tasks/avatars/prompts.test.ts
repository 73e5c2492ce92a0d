import { describe, expect, test } from 'vitest';
import { PhiloxStream } from '../../../../src/graph/philox';
import {
  ATTRIBUTES,
  type AttributeName,
  avatarPrompts,
} from '../../../../src/tasks/avatars/attributes';
import { type Prompt } from '../../../../src/tasks/promptSpace';
import { sampleAvatarPrompts } from '../../../../src/tasks/avatars/prompts';
import { dropOut } from '../../../../src/tasks/promptDropout';

const COUNT = 20_000;

const full = sampleAvatarPrompts(new PhiloxStream(1, 0, 0), COUNT);

const dropped = (count: number, step = 0): Prompt[] => {
  const random = new PhiloxStream(1, 0, step);
  return Array.from({ length: count }, () =>
    dropOut(avatarPrompts, sampleAvatarPrompts(random, 1)[0] ?? [], random),
  );
};
const partial = dropped(COUNT);

/** Share of each id of an attribute, "any" last. */
function shares(prompts: readonly Prompt[], name: AttributeName): number[] {
  const index = avatarPrompts.indexOf(name);
  const ids = Array.from({ length: (avatarPrompts.nullPrompt[index] ?? 0) + 1 }, (_, id) => id);
  return ids.map((id) => prompts.filter((prompt) => prompt[index] === id).length / prompts.length);
}

function given(prompt: Prompt): number {
  return prompt.filter((id, index) => id !== avatarPrompts.nullPrompt[index]).length;
}

/** Within 0.012 of each other: over three standard errors at this count. */
function expectShares(actual: readonly number[], wanted: readonly number[]): void {
  expect(actual).toHaveLength(wanted.length);
  actual.forEach((share, id) => {
    expect(Math.abs(share - (wanted[id] ?? NaN)), `id ${id}: ${share}`).toBeLessThan(0.012);
  });
}

describe('full prompts', () => {
  test('leave nothing open and follow the data', () => {
    expect(full.every((prompt) => given(prompt) === ATTRIBUTES.length)).toBe(true);
    expectShares(shares(full, 'hairLength'), [0.45, 0.44, 0.11, 0]);
    expectShares(shares(full, 'hat'), [0.8, 0.2, 0]);
    expectShares(shares(full, 'glasses'), [0.6, 0.2, 0.2, 0]);
    expectShares(shares(full, 'mouth'), [0.6, 0.4, 0]);
    for (const name of ['background', 'skin', 'hairColor', 'clothing'] as const) {
      const values = avatarPrompts.nullPrompt[avatarPrompts.indexOf(name)] ?? NaN;
      expectShares(shares(full, name), [...Array<number>(values).fill(1 / values), 0]);
    }
  });
});

describe('partial prompts', () => {
  test('are valid', () => {
    expect(partial.every((prompt) => avatarPrompts.schema.safeParse(prompt).success)).toBe(true);
  });

  test('are dropped wholly and by attribute as documented', () => {
    const counts = Array.from({ length: 9 }, (_, n) => {
      return partial.filter((prompt) => given(prompt) === n).length / COUNT;
    });
    // 44 % are dropped by attribute at a uniform rate, which makes 0 to 8 given equally frequent.
    const byAttribute = 0.44 / 9;
    const wanted = Array<number>(9).fill(byAttribute);
    wanted[0] = 0.12 + byAttribute;
    wanted[8] = 0.44 + byAttribute;
    expectShares(counts, wanted);
  });

  test('keep the distribution of what is given', () => {
    const withHat = partial.filter((prompt) => prompt[avatarPrompts.indexOf('hat')] !== 2);
    expectShares(shares(withHat, 'hat'), [0.8, 0.2, 0]);
  });
});

test('the stream determines the prompts', () => {
  const again = dropped(10);
  expect(again).toEqual(partial.slice(0, 10));
  const other = dropped(10, 1);
  expect(other).not.toEqual(again);
});
