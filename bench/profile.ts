import type { Trainer } from '../src/distill/trainer';
import type { Gpu } from '../src/gpu/gpu';
import { Timestamps, TimestampsUnavailableError, type DispatchTime } from '../src/gpu/timestamps';

/** Dispatches that belong together and the time that they take in one iteration. */
export interface ProfileRow {
  readonly name: string;
  /** In one iteration. */
  readonly dispatches: number;
  readonly milliseconds: number;
  /** Of the time of all dispatches, from 0 to 1. */
  readonly share: number;
}

/** Where the time of an iteration goes. */
export interface Profile {
  readonly iterations: number;
  /** Sum over the dispatches of one iteration. */
  readonly milliseconds: number;
  readonly families: readonly ProfileRow[];
  /** The costliest kinds of dispatch: family, and the operations fused into it. */
  readonly hottest: readonly ProfileRow[];
}

const HOTTEST = 10;

/** Times every dispatch of some iterations. Throws TimestampsUnavailableError. */
export const profileIterations = async (
  gpu: Gpu,
  trainer: Trainer,
  iterations: number,
): Promise<Profile> => {
  const timestamps = new Timestamps(gpu);
  try {
    const times: DispatchTime[] = [];
    for (let i = 0; i < iterations; i++) {
      await trainer.iterate(timestamps);
      times.push(...(await timestamps.read()));
    }
    const byFamily = rowsBy(times, iterations, ({ family }) => family);
    const byKind = rowsBy(times, iterations, ({ family, label }) => `${family}: ${label}`);
    return {
      iterations,
      milliseconds: byFamily.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
      families: byFamily,
      hottest: byKind.slice(0, HOTTEST),
    };
  } finally {
    timestamps.destroy();
  }
};

/** The same, or why there is none: an adapter without timestamp queries. */
export const profileOrReason = async (
  gpu: Gpu,
  trainer: Trainer,
  iterations: number,
): Promise<Profile | { readonly unavailable: string }> => {
  try {
    return await profileIterations(gpu, trainer, iterations);
  } catch (error) {
    if (error instanceof TimestampsUnavailableError) return { unavailable: error.message };
    throw error;
  }
};

/** Sums by name, the costliest first, per iteration. */
const rowsBy = (
  times: readonly DispatchTime[],
  iterations: number,
  nameOf: (time: DispatchTime) => string,
): ProfileRow[] => {
  const sums = new Map<string, { dispatches: number; nanoseconds: number }>();
  let total = 0;
  for (const time of times) {
    const { dispatches, nanoseconds } = sums.get(nameOf(time)) ?? { dispatches: 0, nanoseconds: 0 };
    sums.set(nameOf(time), {
      dispatches: dispatches + 1,
      nanoseconds: nanoseconds + time.nanoseconds,
    });
    total += time.nanoseconds;
  }
  return [...sums]
    .map(([name, { dispatches, nanoseconds }]) => ({
      name,
      dispatches: dispatches / iterations,
      milliseconds: nanoseconds / iterations / 1e6,
      share: nanoseconds / Math.max(total, 1),
    }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
};
