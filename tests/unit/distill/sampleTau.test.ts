import { describe, expect } from 'vitest';
import { sampleTau, type TauSource } from '../../../src/flow/sampleTau';
import { DISTRIBUTIONS } from '../../../src/flow/tauDistribution';
import type { Gpu } from '../../../src/gpu/gpu';
import { PhiloxStream } from '../../../src/graph/philox';
import { setting } from '../../../src/graph/tensor';
import * as reference from '../../reference/distill';
import { expectClose } from '../../support/compare';
import { evaluate } from '../../support/evaluate';
import { test } from '../../support/gpu';

const STREAM = 5;
const MANY = 4096;
const from: TauSource = {
  distribution: setting('distribution'),
  lo: setting('lo'),
  hi: setting('hi'),
  aboveT: setting('aboveT'),
  t: setting('t'),
  logitMean: setting('logitMean'),
  logitStd: setting('logitStd'),
  shift: setting('shift'),
  seed: setting('seed', 'u32'),
  step: setting('step', 'u32'),
  stream: STREAM,
};

const settingsOf = (range: reference.TauRange, seed: number, step: number) => ({
  ...range,
  distribution: DISTRIBUTIONS.indexOf(range.distribution),
  aboveT: range.aboveT ? 1 : 0,
  seed: { u32: seed },
  step: { u32: step },
});

const full: reference.TauRange = {
  distribution: 'uniform',
  lo: 0.02,
  hi: 0.98,
  aboveT: false,
  t: 0.5,
  logitMean: 0,
  logitStd: 1,
  shift: 1,
};
const constrained = { ...full, aboveT: true };

const draw = async (gpu: Gpu, range: reference.TauRange, count = MANY): Promise<number[]> => {
  const settings = settingsOf(range, 9, 4);
  const [tau] = await evaluate(gpu, [sampleTau(count, from)], [], { settings });
  return [...(tau ?? [])];
};

const mean = (levels: readonly number[]): number =>
  levels.reduce((a, b) => a + b, 0) / levels.length;

describe('sampleTau equals its TypeScript twin', () => {
  const distributions: Partial<reference.TauRange>[] = [
    { distribution: 'uniform' },
    { distribution: 'logitNormal' },
    { distribution: 'logitNormal', logitMean: -0.8, logitStd: 1.6 },
    { distribution: 'logitNormal', logitMean: 10, logitStd: 10 },
    { distribution: 'logitNormal', logitMean: 0.3, logitStd: 0 },
    { distribution: 'shifted', shift: 3 },
    { distribution: 'shifted', shift: 0.25 },
  ];
  const ranges: reference.TauRange[] = [
    full,
    constrained,
    { ...constrained, t: 0 },
    { ...full, lo: 0, hi: 1 },
    { ...full, lo: 0.7, hi: 0.7 },
    { ...constrained, t: 0.99 },
  ];
  for (const distribution of distributions) {
    test(`${JSON.stringify(distribution)}, over several ranges`, async ({ gpu }) => {
      for (const range of ranges) {
        for (const count of [1, 3, 17, 129]) {
          const whole = { ...range, ...distribution };
          const twin = reference.sampleTau(count, whole, new PhiloxStream(9, STREAM, 4));
          const name = `${count} of ${JSON.stringify(whole)}`;
          // Normals differ by the rounding of ln, sin and cos, times the slope of the sigmoid.
          expectClose(name, await draw(gpu, whole, count), twin, { relative: 3e-6 });
        }
      }
    });
  }
});

describe('direction: t = 0 is noise, t = 1 is clean', () => {
  test('"(t, 1]" at t = 0.5 gives levels nearer to clean data than t', async ({ gpu }) => {
    const levels = await draw(gpu, constrained);
    expect(levels).toHaveLength(MANY);
    expect(Math.min(...levels)).toBeGreaterThan(0.5);
    expect(Math.max(...levels)).toBeLessThanOrEqual(Math.fround(0.98));
    // Uniform over the range: five standard errors of its mean are 0.011.
    expect(Math.abs(mean(levels) - 0.74)).toBeLessThan(0.011);
  });

  test('"[0, 1]" reaches below t', async ({ gpu }) => {
    const below = (await draw(gpu, full)).filter((level) => level < 0.5).length;
    expect(Math.abs(below / MANY - 0.5)).toBeLessThan(0.04);
  });

  test('t so late that nothing lies above it gives the upper end', async ({ gpu }) => {
    const levels = await draw(gpu, { ...constrained, t: 1 }, 17);
    expect(new Set(levels)).toEqual(new Set([Math.fround(0.98)]));
  });

  test('a shift above 1 moves every level towards noise, one below 1 towards clean', async ({
    gpu,
  }) => {
    const uniform = await draw(gpu, full);
    const noisier = await draw(gpu, { ...full, distribution: 'shifted', shift: 3 });
    const cleaner = await draw(gpu, { ...full, distribution: 'shifted', shift: 1 / 3 });
    uniform.forEach((level, b) => {
      expect(noisier[b]).toBeLessThanOrEqual(level);
      expect(cleaner[b]).toBeGreaterThanOrEqual(level);
    });
    // E[u / (u + s (1 - u))] = (s ln s - s + 1) / (s - 1)^2.
    const expected = 0.02 + (0.96 * (3 * Math.log(3) - 2)) / 4;
    expect(Math.abs(mean(noisier) - expected)).toBeLessThan(0.02);
  });

  test('a logit mean below 0 leans towards noise, above 0 towards clean', async ({ gpu }) => {
    const at = async (logitMean: number) =>
      mean(await draw(gpu, { ...full, distribution: 'logitNormal', logitMean }));
    const [noisy, middle, clean] = [await at(-1), await at(0), await at(1)];
    expect(Math.abs(middle - 0.5)).toBeLessThan(0.02);
    expect(noisy).toBeLessThan(0.35);
    expect(clean).toBeGreaterThan(0.65);
  });
});

test('every distribution stays within its range, whatever its numbers', async ({ gpu }) => {
  const extremes: Partial<reference.TauRange>[] = [
    { distribution: 'logitNormal', logitMean: -10, logitStd: 10 },
    { distribution: 'logitNormal', logitMean: 10, logitStd: 10 },
    { distribution: 'shifted', shift: 20 },
    { distribution: 'shifted', shift: 0.05 },
  ];
  for (const extreme of extremes) {
    const levels = await draw(gpu, { ...constrained, ...extreme });
    expect(Math.min(...levels)).toBeGreaterThan(0.5);
    expect(Math.max(...levels)).toBeLessThanOrEqual(Math.fround(0.98));
  }
});
