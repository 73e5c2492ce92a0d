import { describe, expect, test } from 'vitest';
import {
  networkOf,
  parseRecipe,
  recipeDifferences,
  recipeDigest,
  RecipeError,
} from '../../../src/training/recipe';
import { TINY_TASK, tinyRecipe } from '../../support/tinyTeaching';

describe('a recipe', () => {
  test('has defaults, and stays the same when it is read again', () => {
    const recipe = parseRecipe({ task: 'avatars' });
    expect(recipe).toMatchObject({ version: 1, steps: 6000, batch: 128, width: 128, depth: 4 });
    expect(recipe).toMatchObject({
      dropout: { whole: 0.12 },
      time: { mean: 0, std: 1 },
      from: null,
    });
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  });

  const refusals: [object, string][] = [
    [{}, 'task must be the id of a task, got undefined'],
    [{ task: 'a', steps: 0 }, 'steps must be a whole number from 1 to 10000000, got 0'],
    [{ task: 'a', learningRate: 2 }, 'learningRate must be a number from 0 to 1, got 2'],
    [{ task: 'a', dropout: { whole: -1 } }, 'dropout.whole must be a number from 0 to 1, got -1'],
    [{ task: 'a', from: 'file' }, 'from must be the SHA-256 of a file, got "file"'],
    [{ task: 'a', speed: 1 }, 'speed is not a known field'],
    [{ task: 'a', version: 2 }, 'version must be 1, got 2'],
  ];
  test.each(refusals)('%j is refused by name', (input, message) => {
    expect(() => parseRecipe(input)).toThrow(RecipeError);
    expect(() => parseRecipe(input)).toThrow(message);
  });

  test('is known by a digest that every field changes', async () => {
    const digest = await recipeDigest(tinyRecipe());
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await recipeDigest(tinyRecipe())).toBe(digest);
    for (const part of [{ seed: 2 }, { dropout: { whole: 0.2 } }, { from: digest }]) {
      expect(await recipeDigest(tinyRecipe(part))).not.toBe(digest);
    }
  });

  test('says where it differs from another', () => {
    const other = tinyRecipe({ steps: 9, time: { std: 2 } });
    expect(recipeDifferences(tinyRecipe(), tinyRecipe())).toEqual([]);
    expect(recipeDifferences(tinyRecipe(), other)).toEqual([
      'steps 6, not 9',
      'time {"mean":0,"std":1}, not {"mean":0,"std":2}',
    ]);
  });
});

describe('the network of a recipe', () => {
  test("has the recipe's sizes, and the task's images and attributes", () => {
    expect(networkOf(tinyRecipe(), TINY_TASK)).toEqual({
      ...{ width: 8, depth: 1, heads: 2, patch: 4 },
      ...{ channels: 3, height: 8, imageWidth: 8 },
      attributes: { red: 3, blue: 2 },
    });
  });

  test.each([
    [{ heads: 3 }, 'width must be a multiple of heads'],
    [{ patch: 3 }, 'the patch must tile the image (width 8, heads 2, patch 3, images of 8 x 8)'],
  ])('is refused for %j', (part, message) => {
    expect(() => networkOf(tinyRecipe(part), TINY_TASK)).toThrow(RecipeError);
    expect(() => networkOf(tinyRecipe(part), TINY_TASK)).toThrow(message);
  });
});
