import { describe, expect } from 'vitest';
import { sampleTau, type TauSource } from '../../../src/flow/sampleTau';
import { PhiloxStream } from '../../../src/graph/philox';
import { setting } from '../../../src/graph/tensor';
import * as reference from '../../reference/distill';
import { expectClose } from '../../support/compare';
import { evaluate } from '../../support/evaluate';
import { test } from '../../support/gpu';

const STREAM = 5;
const from: TauSource = {
  lo: setting('lo'),
  hi: setting('hi'),
  aboveT: setting('aboveT'),
  t: setting('t'),
  seed: setting('seed', 'u32'),
  step: setting('step', 'u32'),
  stream: STREAM,
};

const settingsOf = (range: reference.TauRange, seed: number, step: number) => ({
  ...range,
  aboveT: range.aboveT ? 1 : 0,
  seed: { u32: seed },
  step: { u32: step },
});

const full: reference.TauRange = { lo: 0.02, hi: 0.98, aboveT: false, t: 0.5 };

describe('sampleTau equals its TypeScript twin', () => {
  const ranges: reference.TauRange[] = [
    full,
    { ...full, aboveT: true },
    { ...full, aboveT: true, t: 0 },
    { lo: 0.7, hi: 0.7, aboveT: false, t: 0 },
    { lo: 0.02, hi: 0.98, aboveT: true, t: 0.99 },
  ];
  for (const range of ranges) {
    for (const count of [1, 3, 17, 129]) {
      test(`${count} of ${JSON.stringify(range)}`, async ({ gpu }) => {
        const settings = settingsOf(range, 9, 4);
        const [tau] = await evaluate(gpu, [sampleTau(count, from)], [], { settings });
        const twin = reference.sampleTau(count, range, new PhiloxStream(9, STREAM, 4));
        expectClose('tau', tau ?? [], twin, { relative: 1e-6 });
      });
    }
  }
});

describe('direction: t = 0 is noise, t = 1 is clean', () => {
  test('"(t, 1]" at t = 0.5 gives levels nearer to clean data than t', async ({ gpu }) => {
    const settings = settingsOf({ lo: 0.02, hi: 0.98, aboveT: true, t: 0.5 }, 1, 1);
    const [tau] = await evaluate(gpu, [sampleTau(4096, from)], [], { settings });
    const levels = [...(tau ?? [])];
    expect(levels).toHaveLength(4096);
    expect(Math.min(...levels)).toBeGreaterThan(0.5);
    expect(Math.max(...levels)).toBeLessThanOrEqual(Math.fround(0.98));
    // Uniform over the range: five standard errors of its mean are 0.011.
    const mean = levels.reduce((a, b) => a + b) / levels.length;
    expect(Math.abs(mean - 0.74)).toBeLessThan(0.011);
  });

  test('"[0, 1]" reaches below t', async ({ gpu }) => {
    const settings = settingsOf(full, 1, 1);
    const [tau] = await evaluate(gpu, [sampleTau(4096, from)], [], { settings });
    const below = [...(tau ?? [])].filter((level) => level < 0.5).length;
    expect(Math.abs(below / 4096 - 0.5)).toBeLessThan(0.04);
  });

  test('t so late that nothing lies above it gives the upper end', async ({ gpu }) => {
    const settings = settingsOf({ lo: 0.02, hi: 0.98, aboveT: true, t: 1 }, 1, 1);
    const [tau] = await evaluate(gpu, [sampleTau(17, from)], [], { settings });
    expect(new Set(tau)).toEqual(new Set([Math.fround(0.98)]));
  });
});
