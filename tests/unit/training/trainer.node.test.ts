import { describe, expect } from 'vitest';
import { Engine } from '../../../src/graph/engine';
import { PhiloxStream } from '../../../src/graph/philox';
import { ditLayout } from '../../../src/models/dit/parameters';
import { initialWeights } from '../../../src/training/initialWeights';
import { imagePool } from '../../../src/tasks/imagePool';
import { networkOf } from '../../../src/training/recipe';
import { STREAMS } from '../../../src/training/streams';
import { TeacherTrainer } from '../../../src/training/teacherTrainer';
import { adam, clipFactor } from '../../reference/adam';
import { sampleTau } from '../../reference/distill';
import { ditVelocity } from '../../reference/dit';
import { expectClose } from '../../support/compare';
import { KERNEL_CHOICES } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { randomValues } from '../../support/random';
import { noiseSource, TINY_TASK, tinyImages, tinyRecipe } from '../../support/tinyTeaching';

const recipe = tinyRecipe({ gradientClip: 0.05, emaDecay: 0.9, time: { mean: 0.3, std: 0.8 } });
const network = networkOf(recipe, TINY_TASK);
const layout = ditLayout(network);
/** Nothing zero, so that every path matters; padding stays zero. */
const weights = (() => {
  const flat = new Float32Array(layout.size);
  const random = randomValues(layout.size, 1);
  for (const { shape, offset } of layout.entries.values()) {
    const count = shape.reduce((product, size) => product * size, 1);
    for (let i = offset; i < offset + count; i++) flat[i] = 0.2 * (random[i] ?? 0);
  }
  return flat;
})();

/** What step `index` shows: images, attribute ids, times and noise, from the streams' twins. */
const draws = (index: number) => {
  const { batch, seed, time } = recipe;
  const { images, rows } = noiseSource(
    new PhiloxStream(seed, STREAMS.batches, index),
    batch,
    'partial',
  );
  const range = {
    ...{ distribution: 'logitNormal' as const, lo: 0, hi: 1, aboveT: false, t: 0, shift: 1 },
    ...{ logitMean: time.mean, logitStd: time.std },
  };
  const times = sampleTau(batch, range, new PhiloxStream(seed, STREAMS.times, index));
  const normals = new PhiloxStream(seed, STREAMS.noise, index);
  const noise = Float64Array.from(images, () => normals.normal());
  const offsets = TINY_TASK.prompts.rowOffsets;
  const ids = Array.from({ length: batch }, (_, b) =>
    offsets.map((offset, a) => (rows[b * offsets.length + a] ?? NaN) - offset),
  );
  return { images, ids, times, noise, values: images.length / batch };
};

/** Losses of step `index` by image, in float64: mean (v(x_t, t) - (x - eps))^2. */
const lossesAt = (flat: ArrayLike<number>, index: number): number[] => {
  const { images, ids, times, noise, values } = draws(index);
  return times.map((t, b) => {
    const x = images.subarray(b * values, (b + 1) * values);
    const eps = noise.subarray(b * values, (b + 1) * values);
    const noisy = Array.from(x, (value, i) => t * value + (1 - t) * (eps[i] ?? NaN));
    const velocity = ditVelocity(network, layout, flat, noisy, t, ids[b] ?? []);
    return (
      velocity.reduce((sum, v, i) => sum + (v - ((x[i] ?? NaN) - (eps[i] ?? NaN))) ** 2, 0) / values
    );
  });
};
const lossAt = (flat: ArrayLike<number>, index: number): number =>
  lossesAt(flat, index).reduce((sum, loss) => sum + loss, 0) / recipe.batch;

let engine: Engine;
const open = (start = weights, from = recipe) =>
  TeacherTrainer.create(engine, network, from, noiseSource, start);

describe('a step', () => {
  for (const choice of KERNEL_CHOICES) {
    test(`has the loss, gradient and update of its float64 reference (${choice.matmul})`, async ({
      gpu,
    }) => {
      engine = new Engine(gpu, choice);
      const trainer = await open();
      const figures = await trainer.advance();
      expectClose('times', figures.times, draws(0).times, { relative: 1e-5 });
      expectClose('losses', figures.losses, lossesAt(weights, 0), { relative: 1e-4 });
      expect(figures.loss).toBeCloseTo(lossAt(weights, 0), 3);

      const { tensors, step } = await trainer.save();
      expect(step).toBe(1);
      const part = (name: string): number[] => [...(tensors.get(name) ?? [])];
      // The first moment is (1 - beta1) of the clipped gradient, whose norm is the recipe's.
      const clipped = part('firstMoment').map((m) => m / (1 - 0.9));
      expect(Math.hypot(...clipped)).toBeCloseTo(recipe.gradientClip, 6);

      // Along a direction through each tensor, and through all: differences of the loss in float64.
      const slope = (direction: readonly number[]): number => {
        const moved = (h: number) =>
          lossAt(
            direction.map((d, i) => (weights[i] ?? 0) + h * d),
            0,
          );
        return (moved(1e-4) - moved(-1e-4)) / 2e-4;
      };
      const random = randomValues(layout.size, 5);
      const directions = [...layout.entries.values()].map(({ shape, offset }) => {
        const end = offset + shape.reduce((product, size) => product * size, 1);
        return Array.from(random, (value, i) => (i >= offset && i < end ? value : 0));
      });
      const slopes = directions.map(slope);
      const along = directions.map((direction) =>
        direction.reduce((sum, d, i) => sum + d * (clipped[i] ?? 0), 0),
      );
      // Clipping scales all by one factor.
      const factor =
        along.reduce((sum, value, i) => sum + value * (slopes[i] ?? 0), 0) /
        slopes.reduce((sum, value) => sum + value ** 2, 0);
      expectClose(
        'gradient',
        along,
        slopes.map((value) => factor * value),
        { relative: 1e-3 },
      );
      const gradient = clipped.map((g) => g / factor);
      expect(factor).toBeCloseTo(clipFactor(gradient, recipe.gradientClip), 3);

      const zeros = gradient.map(() => 0);
      const expected = adam(
        {
          parameters: [...weights],
          firstMoment: zeros,
          secondMoment: zeros,
          average: [...weights],
        },
        clipped,
        1,
        {
          // Half way up the warm-up of two steps; the average at its beginning follows with 2/11.
          ...{ learningRate: 0.5 * recipe.learningRate, emaDecay: 2 / 11 },
          ...{ beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0, maxNorm: 0 },
        },
      );
      const tolerance = { relative: 1e-6 };
      expectClose('parameters', part('parameters'), expected.parameters, tolerance);
      expectClose('average', part('average'), expected.average, tolerance);
      trainer.destroy();
      engine.destroy();
    });
  }
});

describe('training', () => {
  const setUp = (gpu: ConstructorParameters<typeof Engine>[0]): void => {
    const [choice] = KERNEL_CHOICES;
    if (choice) engine = new Engine(gpu, choice);
  };

  test('repeats itself from its seed, and goes on from a saved state bit for bit', async ({
    gpu,
  }) => {
    setUp(gpu);
    const run = async (steps: number, trainer: Promise<TeacherTrainer> = open()) => {
      const one = await trainer;
      while (one.step < steps) await one.advance();
      const state = await one.save();
      one.destroy();
      return state;
    };
    const whole = await run(4);
    expect(await run(4)).toEqual(whole);
    expect(await run(4, open(weights, { ...recipe, seed: 2 }))).not.toEqual(whole);

    const half = await run(2);
    const other = await open(initialWeights(network, 3));
    await other.advance();
    other.restore(half);
    expect(other.step).toBe(2);
    expect(await run(4, Promise.resolve(other))).toEqual(whole);
  });

  test('refuses a state that does not fit', async ({ gpu }) => {
    setUp(gpu);
    const trainer = await open();
    const state = { step: 1, tensors: new Map([['parameters', new Float32Array(3)]]) };
    expect(() => trainer.restore(state)).toThrow(
      `parameters has 3 values, here are ${layout.size}`,
    );
    trainer.destroy();
  });

  test('learns plain images by heart', async ({ gpu }) => {
    setUp(gpu);
    const steps = 100;
    const learning = tinyRecipe({
      steps,
      batch: 8,
      width: 16,
      patch: 2,
      learningRate: 1e-2,
      warmUp: 20,
    });
    const wide = networkOf(learning, TINY_TASK);
    const images = imagePool(
      tinyImages.draw(1, 6, 'training'),
      TINY_TASK.prompts,
      learning.dropout,
    );
    const start = initialWeights(wide, 1);
    const trainer = await TeacherTrainer.create(engine, wide, learning, images, start);
    const losses: number[] = [];
    while (trainer.step < steps) losses.push((await trainer.advance()).loss);
    const mean = (part: readonly number[]) => part.reduce((sum, one) => sum + one, 0) / part.length;
    // At first it predicts nothing: the loss is that of x - eps, 1 for the noise and x^2.
    const squares = tinyImages
      .draw(1, 6, 'training')
      .images.reduce((sum, x, _, all) => sum + x ** 2 / all.length, 0);
    expect(losses[0]).toBeCloseTo(1 + squares, 0.7);
    expect(mean(losses.slice(-20))).toBeLessThan(0.5 * (losses[0] ?? 0));
    trainer.destroy();
    engine.destroy();
  });
});
