import { describe, expect } from 'vitest';
import { followBuffers } from '../../../bench/counts';
import { measureAlong } from '../../../bench/growth/measure';
import { parseGrowthOptions } from '../../../bench/growth/options';
import { formatGrowth } from '../../../bench/growth/print';
import { AXES, networkOf, PLANS, powerOf, sizesAlong } from '../../../bench/growth/sizes';
import { summarise } from '../../../bench/statistics';
import { readAsset } from '../../../src/cli/assets';
import { UsageError } from '../../../src/cli/arguments';
import { readTeacher } from '../../../src/lab/teacher';
import { ditConfigSchema, tokenCount } from '../../../src/models/dit/config';
import { openTask } from '../../../src/tasks/task';
import { SOFTWARE_CHOICE } from '../../support/evaluate';
import { test } from '../../support/gpu';
import { tinyTeacherFile } from '../../support/tinyTeacher';

const own = ditConfigSchema.parse({
  width: 128,
  depth: 4,
  heads: 4,
  patch: 4,
  attributes: { hat: 2 },
});

describe('sizes', () => {
  test('along an axis differ from the teacher’s own in nothing else', () => {
    const plan = { ...PLANS.software, batch: 3 };
    expect(sizesAlong('width', plan, own)).toEqual(
      [64, 128, 192, 256].map((width) => ({ arms: 1, batch: 3, width, tokens: 16 })),
    );
    expect(sizesAlong('batch', plan, own).map(({ batch }) => batch)).toEqual([4, 16, 64]);
  });

  test('are networks with heads as wide and images as large as the teacher’s', () => {
    for (const adapter of ['hardware', 'software'] as const) {
      for (const axis of AXES) {
        for (const size of sizesAlong(axis, PLANS[adapter], own)) {
          const network = networkOf(size, own);
          expect(network.width / network.heads).toBe(32);
          expect(tokenCount(network)).toBe(size.tokens);
          expect(network).toMatchObject({ width: size.width, height: 16, imageWidth: 16 });
        }
      }
    }
  });

  test('are refused where no patch makes so many tokens', () => {
    const size = { arms: 1, batch: 1, width: 128, tokens: 15 };
    expect(() => networkOf(size, own)).toThrow('No square patch makes 15 tokens');
  });
});

test('the power of a growth is that of its ends', () => {
  expect(powerOf([1, 2, 8], [3, 6, 24])).toBeCloseTo(1);
  expect(powerOf([64, 256], [5, 80])).toBeCloseTo(2);
  expect(powerOf([1, 8], [7, 7])).toBe(0);
});

describe('arguments', () => {
  test('ask for everything as suits the adapter, or for less', () => {
    const nothing = { axes: AXES, batch: undefined, repetitions: undefined, json: undefined };
    expect(parseGrowthOptions([])).toEqual(nothing);
    expect(parseGrowthOptions(['--axes', 'batch', '--batch', '8', '--repetitions', '5'])).toEqual({
      ...nothing,
      axes: ['batch'],
      batch: 8,
      repetitions: 5,
    });
    expect(parseGrowthOptions(['--help'])).toBeNull();
  });

  test.for([
    [['--axes', 'arms,depth'], /--axes takes arms, batch, width, tokens.*“depth”/],
    [['--repetitions', '4'], /--repetitions must be a whole number from 5/],
    [['--batch', '0'], /--batch must be/],
  ] as const)('%s are refused', ([args, words]) => {
    expect(() => parseGrowthOptions(args)).toThrow(UsageError);
    expect(() => parseGrowthOptions(args)).toThrow(words);
  });
});

test('two arms cost twice what one costs, and are freed', async ({ gpu }) => {
  const teacher = readTeacher(tinyTeacherFile().buffer);
  const task = await openTask(teacher.task, readAsset);
  const bytes = followBuffers(gpu.device);
  const material = { gpu, choice: SOFTWARE_CHOICE, teacher, task, bytes };
  const plan = { ...PLANS.software, batch: 2 };
  const [one, two] = sizesAlong('arms', plan, teacher.config);
  if (!one || !two) throw new RangeError('There are no sizes.');
  const report = await measureAlong('arms', [one, two], material, 1);
  const [first, second] = report.rows;
  expect(first?.dispatches).toBeGreaterThan(100);
  expect(second?.dispatches).toBe(2 * (first?.dispatches ?? NaN));
  expect(second?.submissions).toBe(2);
  expect(second?.flops).toBe(2 * (first?.flops ?? NaN));
  // Temporaries and the teacher are shared.
  expect(second?.gpuBytes).toBeGreaterThan(first?.gpuBytes ?? NaN);
  expect(second?.gpuBytes).toBeLessThan(2 * (first?.gpuBytes ?? NaN));
  expect(bytes().live).toBe(0);
});

test('a table tells how time, bytes and work grow', () => {
  const row = (arms: number, milliseconds: number) => ({
    size: { arms, batch: 4, width: 128, tokens: 16 },
    parameters: 10,
    times: summarise([milliseconds]),
    dispatches: 527 * arms,
    submissions: arms,
    gpuBytes: 2 ** 20 * arms,
    flops: 2e9 * arms,
    gflops: 4,
  });
  const text = formatGrowth({ axis: 'arms', rows: [row(1, 500), row(2, 1000), row(4, 8000)] });
  expect(text).toContain('By arms: batch 4, width 128, 16 tokens (median of 1, in turns)');
  expect(text).toMatch(/4\s+8000\s+8000\s+8000\s+16\.00\s+2108\s+4\.0 MiB\s+8\.00\s+4\.00/);
  expect(text).toContain('ms as arms^2.00, GPU buffers as arms^1.00, GFLOP as arms^1.00');
});
