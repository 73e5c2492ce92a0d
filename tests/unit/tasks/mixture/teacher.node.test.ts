import { afterAll, describe, expect } from 'vitest';
import { PhiloxStream } from '../../../../src/graph/philox';
import { drawPoints, mixtureData } from '../../../../src/tasks/mixture/teacher/data';
import {
  openMixtureTeacher,
  type MixtureTeacher,
} from '../../../../src/tasks/mixture/teacher/teacher';
import type { Mixture } from '../../../../src/tasks/mixture/mixture';
import { sharedEngine } from '../../../support/evaluate';
import { expectOneFailure } from '../../../support/failingSteps';
import { test } from '../../../support/gpu';
import { CORNERS } from '../../../support/mixtures';

const CHOICE = { matmul: 'blocked', reduce: 'serial' } as const;
const FIT = { seed: 1, steps: 100, batch: 128, learningRate: 6e-3 };

describe('points of a mixture', () => {
  /** One thin Gaussian at 30 degrees, and a rarer round one. */
  const mixture: Mixture = {
    classes: ['thin', 'round'],
    components: [
      { class: 0, weight: 0.75, mean: [1, -1], covariance: [0.7, 0.35, 0.3] },
      { class: 1, weight: 0.25, mean: [-2, 0.5], covariance: [0.1, 0, 0.1] },
    ],
  };
  const COUNT = 40_000;
  const { points, classes } = drawPoints(mixture, new PhiloxStream(1, 2, 3), COUNT);

  test('have the weights, means and covariances of their components', () => {
    mixture.components.forEach(({ class: index, weight, mean, covariance }) => {
      const own = Array.from(classes).flatMap((one, i) => (one === index ? [i] : []));
      expect(own.length / COUNT).toBeCloseTo(weight, 2);
      const average = (of: (x: number, y: number) => number) =>
        own.reduce((sum, i) => sum + of(points[2 * i] ?? NaN, points[2 * i + 1] ?? NaN), 0) /
        own.length;
      const [mx, my] = mean;
      // Standard errors are below 0.01.
      const measured = [
        average((x) => x - mx),
        average((_, y) => y - my),
        average((x) => (x - mx) ** 2) - covariance[0],
        average((x, y) => (x - mx) * (y - my)) - covariance[1],
        average((_, y) => (y - my) ** 2) - covariance[2],
      ];
      for (const difference of measured) expect(Math.abs(difference)).toBeLessThan(0.03);
    });
  });

  test('depend on the stream alone, and 12 % of partial prompts say "any"', () => {
    const data = mixtureData(mixture);
    const stream = () => new PhiloxStream(5, 6, 7);
    const [full, partial] = (['full', 'partial'] as const).map((mode) =>
      data.images(stream(), 10_000, mode),
    );
    expect(data.images(stream(), 10_000, 'full')).toEqual(full);
    expect(partial?.images).toEqual(full?.images);
    expect([...(full?.rows ?? [])].every((row) => row === 0 || row === 1)).toBe(true);
    const dropped = partial?.rows.filter((row) => row === 2).length ?? 0;
    // Five standard deviations of a share of 10,000.
    expect(Math.abs(dropped / 10_000 - 0.12)).toBeLessThan(0.017);
    const prompts = data.prompts(stream(), 10_000, 'full');
    const share = prompts.filter((row) => row === 0).length / 10_000;
    expect(Math.abs(share - 0.75)).toBeLessThan(0.022);
  });
});

describe('a teacher of a mixture', () => {
  const opened: MixtureTeacher[] = [];
  let bytes = 0;

  afterAll(() => {
    for (const teacher of opened) teacher.destroy();
  });

  test('starts its networks near the exact velocity, the same from the same seed', async ({
    gpu,
  }) => {
    const engine = sharedEngine(gpu, CHOICE);
    bytes = engine.memory.bytes;
    const open = async (fit = FIT): Promise<Float32Array> => {
      const teacher = await openMixtureTeacher(engine, CORNERS, fit);
      opened.push(teacher);
      return engine.memory.read(teacher.parameters.flat);
    };
    const first = await open();
    expect(await open()).toEqual(first);
    expect(await open({ ...FIT, seed: 2, steps: 20 })).not.toEqual(first);
    const [long, , short] = opened.map(({ fitError }) => fitError);
    // The velocity itself has a root mean square of 2: noise and point have variance 1 an axis.
    expect(long).toBeLessThan(0.6);
    expect(long).toBeLessThan(0.7 * (short ?? 0));
  });

  test('frees all its memory, also of a fit that is ended before it is done', async ({ gpu }) => {
    const engine = sharedEngine(gpu, CHOICE);
    for (const teacher of opened.splice(0)) teacher.destroy();
    expect(engine.memory.bytes).toBe(bytes);
    const ending = new AbortController();
    const done: number[] = [];
    const fit = openMixtureTeacher(engine, CORNERS, FIT, {
      signal: ending.signal,
      onProgress: (steps) => {
        done.push(steps);
        ending.abort(new Error('enough'));
      },
    });
    await expect(fit).rejects.toThrow('enough');
    expect(done).toEqual([20]);
    expect(engine.memory.bytes).toBe(bytes);
  });

  test('frees all its memory, and fails once, where a step cannot be submitted', async ({
    gpu,
  }) => {
    const engine = sharedEngine(gpu, CHOICE);
    await expectOneFailure(engine, 2, () => openMixtureTeacher(engine, CORNERS, FIT));
    expect(engine.memory.bytes).toBe(bytes);
  });
});
