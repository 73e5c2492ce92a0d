import { afterAll, beforeAll, describe, expect } from 'vitest';
import { Gpu } from '../../src/gpu/gpu';
import { Timestamps, TimestampsUnavailableError } from '../../src/gpu/timestamps';
import { Engine } from '../../src/graph/engine';
import type { DispatchTimer, Executable } from '../../src/graph/executable';
import { layerNorm } from '../../src/graph/ops/layerNorm';
import { multiply } from '../../src/graph/ops/pointwise';
import { constant, read, variable } from '../../src/graph/tensor';
import { inBrowser } from '../support/files';
import { test } from '../support/gpu';

const FAMILIES = ['elementwise/map', 'nn/layerNorm'];

const input = variable('input', [3, 17]);
const doubled = variable('doubled', [3, 17]);
const normalised = variable('normalised', [3, 17]);
const values = Float32Array.from({ length: 51 }, (_, index) => Math.sin(index));

/** A device of its own, since the shared one has no timestamps. */
let gpu: Gpu;
let engine: Engine;
/** Two dispatches of different families. */
let program: Executable;

beforeAll(async () => {
  const entry = inBrowser ? navigator.gpu : (await import('../../src/cli/dawn')).dawnGpu();
  gpu = await Gpu.request(entry, { timestamps: true });
  engine = new Engine(gpu, { matmul: 'blocked', reduce: 'serial' });
  engine.memory.write(input, values);
  program = await engine.prepare({
    name: 'two dispatches',
    assign: [
      { variable: doubled, value: multiply(read(input), constant(2)) },
      { variable: normalised, value: layerNorm(read(input)) },
    ],
  });
});

afterAll(() => {
  engine.destroy();
  gpu.destroy();
});

const run = (repetitions: number, timer?: DispatchTimer) => {
  const recording = engine.record();
  for (let i = 0; i < repetitions; i++) recording.run(program);
  return recording.read(doubled).read(normalised).submit(timer);
};

/** Checks the timer where the adapter has one, and its refusal where it has none. */
const withTimer = async (
  dispatchesPerSet: number | undefined,
  check: (timer: Timestamps) => Promise<void>,
): Promise<void> => {
  if (!gpu.timestamps) {
    expect(() => new Timestamps(gpu)).toThrow(`${gpu.info.name} has no timestamp queries`);
    return;
  }
  const timer = new Timestamps(gpu, dispatchesPerSet);
  try {
    await check(timer);
  } finally {
    timer.destroy();
  }
};

describe('timestamps', () => {
  test('cover every dispatch, and leave the results as they are', () =>
    withTimer(undefined, async (timer) => {
      expect(await timer.read()).toEqual([]);
      const timed = await run(3, timer);
      const times = await timer.read();
      expect(program.cost.dispatches).toBe(2);
      expect(times.map(({ family }) => family).sort()).toEqual(
        [...FAMILIES, ...FAMILIES, ...FAMILIES].sort(),
      );
      for (const { nanoseconds, label } of times) {
        expect(nanoseconds, label).toBeGreaterThanOrEqual(0);
        expect(nanoseconds, label).toBeLessThan(60e9);
      }
      expect(await run(3)).toEqual(timed);
      expect(await timer.read()).toEqual([]);
    }));

  test('go on in further query sets, and begin anew after a reading', () =>
    withTimer(3, async (timer) => {
      for (const repetitions of [4, 2, 5]) {
        await run(repetitions, timer);
        const times = await timer.read();
        expect(times).toHaveLength(2 * repetitions);
        expect(times.every(({ nanoseconds }) => nanoseconds >= 0)).toBe(true);
      }
    }));

  test('hold more dispatches than the largest query set', () =>
    withTimer(undefined, async (timer) => {
      await run(1030, timer);
      const times = await timer.read();
      expect(times).toHaveLength(2060);
      expect(times.every(({ nanoseconds }) => nanoseconds >= 0)).toBe(true);
      // Browsers round to 100 us; so many dispatches take longer than that all the same.
      expect(times.reduce((sum, { nanoseconds }) => sum + nanoseconds, 0)).toBeGreaterThan(0);
    }));

  test('say so where the device has none', ({ gpu: withoutTimestamps }) => {
    expect(() => new Timestamps(withoutTimestamps)).toThrow(TimestampsUnavailableError);
    expect(() => new Timestamps(withoutTimestamps)).toThrow(
      withoutTimestamps.info.features.includes('timestamp-query')
        ? 'ask for them with { timestamps: true }'
        : 'has no timestamp queries',
    );
  });
});
