import { expect, test } from 'vitest';
import { UsageError } from '../../../src/cli/arguments';
import { classifierCommand, parseClassifierOptions } from '../../../src/cli/classifierOptions';
import { classifierRecipeDefaults } from '../../../src/training/classifier/trainer';

test('options have defaults, and change what they name alone', () => {
  const defaults = parseClassifierOptions([]);
  expect(defaults?.recipe).toEqual(classifierRecipeDefaults);
  expect(defaults?.out).toBe('public/classifiers');
  const options = parseClassifierOptions(['--steps', '12', '--seed', '4294967295', '--out', 'x']);
  expect(options).toEqual({
    ...defaults,
    recipe: { ...classifierRecipeDefaults, steps: 12, seed: 4294967295 },
    out: 'x',
  });
  expect(parseClassifierOptions(['--help'])).toBeNull();
});

test('the command of the card asks for the same again', () => {
  const options = parseClassifierOptions(['--batch', '32', '--images', '500', '--held-out', '200']);
  if (!options) throw new Error('no help was asked for');
  const [, args = ''] = classifierCommand(options).split(' -- ');
  expect(parseClassifierOptions(args.split(' '))).toEqual(options);
});

test('what is no number, or out of range, is refused by name', () => {
  for (const [args, message] of [
    [['--steps', '0'], '--steps'],
    [['--seed', '4294967296'], '--seed'],
    [['--batch', 'many'], '--batch'],
    [['--held-out', '5'], '--held-out'],
    [['--epochs', '5'], '--epochs'],
    [['dogs'], 'no task dogs'],
    [['avatars', 'avatars'], 'One task at a time'],
  ] as const) {
    expect(() => parseClassifierOptions(args), message).toThrow(UsageError);
    expect(() => parseClassifierOptions(args)).toThrow(message);
  }
});
