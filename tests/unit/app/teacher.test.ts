import { expect, test } from 'vitest';
import { networkOf } from '../../../src/training/recipe';
import { findTask } from '../../../src/tasks/registry';
import { paceOf, recipeOf, SIZES } from '../../../src/app/teacher/sizes';
import { duration } from '../../../src/app/teacher/words';

test.each([
  [0.2, '1 second'],
  [40, '40 seconds'],
  [90, '2 minutes'],
  [12.4 * 60, '12 minutes'],
  [2.5 * 3600, '2.5 hours'],
  [20 * 3600, '20 hours'],
  [72 * 3600, '3 days'],
])('%f seconds are spoken of as %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});

test('the sizes by name are recipes of every task', () => {
  const task = findTask('avatars');
  if (!task) throw new Error('there are no avatars');
  for (const sizes of Object.values(SIZES)) {
    const recipe = recipeOf(task.id, sizes);
    if (typeof recipe === 'string') throw new Error(recipe);
    expect(networkOf(recipe, task)).toMatchObject({ width: sizes.width, depth: sizes.depth });
  }
});

test('sizes out of range are refused in words', () => {
  expect(recipeOf('avatars', { ...SIZES.small, batch: 0 })).toMatch(/batch must be a whole number/);
});

test('a time by step holds for all numbers of steps', () => {
  expect(paceOf({ ...SIZES.small, steps: 9 })).toBe(paceOf(SIZES.small));
  expect(paceOf({ ...SIZES.small, batch: 9 })).not.toBe(paceOf(SIZES.small));
});
