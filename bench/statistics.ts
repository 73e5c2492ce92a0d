import { median } from '../src/gpu/tuning';

/** Milliseconds of several repetitions. */
export interface Times {
  readonly repetitions: number;
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
}

/** Milliseconds of `work`. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
};

export const summarise = (milliseconds: readonly number[]): Times => ({
  repetitions: milliseconds.length,
  median: median(milliseconds),
  fastest: Math.min(...milliseconds),
  slowest: Math.max(...milliseconds),
});

/** GFLOP/s of `flops` operations in `milliseconds`. */
export const gflopsOf = (flops: number, milliseconds: number): number => flops / milliseconds / 1e6;
