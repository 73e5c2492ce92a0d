import { expect, test } from 'vitest';
import { compareTeachers, ComparisonError } from '../../../src/training/compare';
import type { TeacherFigures } from '../../../src/training/figures';

const figuresOf = (
  settings: readonly (readonly [guidance: number, accuracy: number, frechet: number])[],
  by: Partial<TeacherFigures['by']> = {},
): TeacherFigures => ({
  by: { task: 'avatars', samples: 512, seed: 1, classifier: 'aa', ...by },
  adapter: 'none',
  real: { meanAccuracy: 1, allRight: 1, variance: 0.3 },
  settings: settings.map(([guidance, meanAccuracy, frechet]) => ({
    ...{ eulerSteps: 25, guidance, meanAccuracy, allRight: 0, frechet, variance: 0.3 },
  })),
});

const theirs = figuresOf([
  [1, 0.9, 60],
  [3, 0.95, 170],
]);

test('a teacher that is nowhere worse is at least as good', () => {
  expect(compareTeachers(theirs, theirs).isAtLeastAsGood).toBe(true);
  const better = figuresOf([
    [1, 0.91, 59],
    [3, 0.95, 100],
  ]);
  const { isAtLeastAsGood, lines } = compareTeachers(better, theirs);
  expect(isAtLeastAsGood).toBe(true);
  expect(lines).toEqual([
    'prompt accuracy at guidance 1: 0.910 against 0.900, better',
    'Fréchet distance at guidance 1: 59.0 against 60.0, better',
    'prompt accuracy at guidance 3: 0.950 against 0.950, equal',
    'Fréchet distance at guidance 3: 100 against 170, better',
  ]);
});

test.each([
  [[1, 0.89, 50] as const, [3, 0.99, 100] as const, 'prompt accuracy at guidance 1'],
  [[1, 0.99, 61] as const, [3, 0.99, 100] as const, 'Fréchet distance at guidance 1'],
  [[1, 0.99, 50] as const, [3, 0.94, 100] as const, 'prompt accuracy at guidance 3'],
  [[1, 0.99, 50] as const, [3, 0.99, 171] as const, 'Fréchet distance at guidance 3'],
])('one that is worse by one figure is not: %j %j', (first, second, worse) => {
  const { isAtLeastAsGood, lines } = compareTeachers(figuresOf([first, second]), theirs);
  expect(isAtLeastAsGood).toBe(false);
  expect(lines.filter((line) => line.endsWith('worse'))).toEqual([expect.stringContaining(worse)]);
});

test('figures of other classifiers, seeds, sizes or settings are not compared', () => {
  const other = figuresOf(
    [
      [1, 0.9, 60],
      [3, 0.9, 60],
    ],
    { classifier: 'bb' },
  );
  expect(() => compareTeachers(other, theirs)).toThrow(ComparisonError);
  expect(() => compareTeachers(other, theirs)).toThrow('classifier bb and aa');
  expect(() => compareTeachers(theirs, figuresOf([[1, 0.9, 60]]))).toThrow(
    'lack 25 Euler steps at guidance 3',
  );
});
