import { describe, expect } from 'vitest';
import { Engine } from '../../../src/graph/engine';
import { gradients } from '../../../src/graph/differentiate';
import { PhiloxStream } from '../../../src/graph/philox';
import { constant, setting } from '../../../src/graph/tensor';
import { augment, AUGMENTATION } from '../../../src/training/classifier/augmentation';
import {
  classifierRecipeDefaults,
  classLoss,
  ClassifierTrainer,
  classTargets,
} from '../../../src/training/classifier/trainer';
import { avatars } from '../../support/avatars';
import { expectClose } from '../../support/compare';
import { evaluate, feed } from '../../support/evaluate';
import { finiteDifferences } from '../../support/finiteDifferences';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';

/** Where the classes of each attribute begin. */
const START = { background: 0, skin: 8, hairLength: 16, hairColor: 19, hat: 27, glasses: 29 };

describe('targets', () => {
  test('have a one for every attribute that is seen', () => {
    const [seen, bald, hat] = [
      [1, 2, 1, 4, 0, 2, 3, 1],
      [1, 2, 2, 4, 0, 2, 3, 1],
      [1, 2, 1, 4, 1, 2, 3, 1],
    ].map((prompt) => {
      const targets = classTargets(avatars, [prompt]);
      expect(targets).toHaveLength(46);
      return [...targets.keys()].filter((index) => targets[index] === 1);
    });
    // Mahogany (4) is of class 1, the browns; clothing begins at 32, mouth at 44.
    const { skin, hairLength, hairColor, hat: hatStart, glasses } = START;
    const before = [1, skin + 2];
    const after = [glasses + 2, 32 + 3, 44 + 1];
    expect(seen).toEqual([...before, hairLength + 1, hairColor + 1, hatStart, ...after]);
    expect(bald).toEqual([...before, hairLength + 2, hatStart, ...after]);
    expect(hat).toEqual([...before, hatStart + 1, ...after]);
  });
});

test('the loss is the summed cross-entropy of what is scored, and its gradient fits', async ({
  gpu,
}) => {
  const classes = [3, 2];
  const logits = feed([2, 5], randomValues(10, 1));
  // The second image shows nothing of the second attribute.
  const targets = feed([2, 5], [0, 1, 0, 1, 0, 0, 0, 1, 0, 0]);
  const loss = classLoss(classes, logits.tensor, targets.tensor);
  const [dLogits = loss] = gradients([{ tensor: loss, gradient: constant(1) }], [logits.tensor]);
  const [value, actual] = await evaluate(gpu, [loss, dLogits], [logits, targets]);

  const crossEntropy = (row: readonly number[], right: number): number =>
    Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0)) - (row[right] ?? NaN);
  const expected = (x: readonly number[]): number =>
    (crossEntropy(x.slice(0, 3), 1) +
      crossEntropy(x.slice(3, 5), 0) +
      crossEntropy(x.slice(5, 8), 2)) /
    2;
  expectClose('loss', value ?? [], [expected([...logits.data])], { relative: 1e-5 });
  const byLogits = finiteDifferences(expected, logits.data);
  expectClose('dLogits', actual ?? [], byLogits, { relative: 1e-5 });
});

test('augmentation spoils each image by its own amounts', async ({ gpu }) => {
  const [batch, size] = [3, 4];
  const count = 3 * size * size;
  const images = feed([batch, 3, size, size], randomValues(batch * count, 3));
  const source = { seed: setting('test.seed', 'u32'), step: setting('test.step', 'u32') };
  const [actual] = await evaluate(gpu, [augment(images.tensor, source)], [images], {
    settings: { 'test.seed': { u32: 9 }, 'test.step': { u32: 5 } },
  });

  const uniforms = new PhiloxStream(9, 4, 5);
  const amounts = Array.from({ length: 4 * batch }, () => uniforms.uniform());
  const normals = new PhiloxStream(9, 3, 5);
  const expected = Array.from(images.data, (value, index) => {
    const image = Math.floor(index / count);
    const [x, y] = [index % size, Math.floor(index / size) % size];
    const plane = index - y * size - x;
    const amount = (which: number): number => amounts[which * batch + image] ?? NaN;
    // The 3 x 3 binomial, with the edge's pixels repeated beyond it.
    const inside = (at: number): number => Math.min(Math.max(at, 0), size - 1);
    const soft = [-1, 0, 1]
      .flatMap((dy) =>
        [-1, 0, 1].map((dx) => {
          const weight = (2 - Math.abs(dx)) * (2 - Math.abs(dy));
          return (
            (weight * (images.data[plane + inside(y + dy) * size + inside(x + dx)] ?? NaN)) / 16
          );
        }),
      )
      .reduce((sum, part) => sum + part, 0);
    const blur = AUGMENTATION.blur * amount(0) ** 2;
    const contrast = 1 + AUGMENTATION.contrast * (2 * amount(1) - 1);
    const brightness = AUGMENTATION.brightness * (2 * amount(2) - 1);
    const noise = AUGMENTATION.noise * amount(3) ** 2 * normals.normal();
    return contrast * ((1 - blur) * value + blur * soft) + brightness + noise;
  });
  expectClose('augmented', actual ?? [], expected, { relative: 1e-5 });
});

describe('training', () => {
  const recipe = { ...classifierRecipeDefaults, steps: 100, batch: 8, images: 8 };

  test('repeats itself from its seed, and learns', async ({ gpu }) => {
    const engine = new Engine(gpu, { matmul: 'blocked', reduce: 'serial' });
    const run = async (seed: number, steps: number) => {
      const trainer = await ClassifierTrainer.create(engine, avatars, { ...recipe, seed });
      const losses: number[] = [];
      while (trainer.step < steps) losses.push(await trainer.advance());
      const weights = await trainer.weights();
      trainer.destroy();
      return { losses, weights };
    };
    const [once, again, other] = [await run(1, 2), await run(1, 2), await run(2, 2)];
    expect(again).toEqual(once);
    expect(other.losses).not.toEqual(once.losses);
    // Eight avatars are soon known by heart.
    const { losses } = await run(1, recipe.steps);
    const mean = (part: readonly number[]) => part.reduce((sum, one) => sum + one, 0) / part.length;
    expect(mean(losses.slice(-5))).toBeLessThan(0.3 * mean(losses.slice(0, 2)));
    engine.destroy();
  });
});
