import type { Gpu, GpuInfo } from './gpu';

/** Remembers measurements between visits. Neither function rejects: a lost record is measured anew. */
export interface TuningStore {
  /** What was saved under a key, unchecked; undefined when there is nothing. */
  load(key: string): Promise<unknown>;
  save(key: string, value: unknown): Promise<void>;
}

/** One of several ways to do the same work. */
export interface Contender<Name> {
  readonly name: Name;
  /** Submits the work `repetitions` times in one command buffer. */
  readonly submit: (repetitions: number) => void;
}

const ROUNDS = 3;
/** A round lasts about this long, so that the clock's resolution and the submission do not count. */
const ROUND_MILLISECONDS = 4;
const MAX_REPETITIONS = 64;

/** Under which key measurements on this adapter are kept. `version` is that of what was measured. */
export const tuningKey = ({ name, vendor, architecture }: GpuInfo, version: number): string =>
  ['kernels', version, vendor, architecture, name].join('/');

/** The middle value; the mean of the two middle ones for an even count. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
};

/** Milliseconds from submission until the GPU is done, for one repetition. */
const timeOf = async (gpu: Gpu, { submit }: Contender<unknown>, repetitions: number) => {
  const begin = performance.now();
  submit(repetitions);
  await gpu.device.queue.onSubmittedWorkDone();
  return (performance.now() - begin) / repetitions;
};

/**
 * The fastest contender by the median of a few timed rounds, in turns, after one round that warms
 * up. The first wins a tie. Milliseconds on a GPU.
 */
export const fastest = async <Name>(
  gpu: Gpu,
  contenders: readonly [Contender<Name>, ...Contender<Name>[]],
): Promise<Name> => {
  const timed: { contender: Contender<Name>; repetitions: number; times: number[] }[] = [];
  for (const contender of contenders) {
    const warmUp = await timeOf(gpu, contender, 1);
    const wanted = Math.round(ROUND_MILLISECONDS / Math.max(warmUp, 1e-3));
    const repetitions = Math.min(Math.max(wanted, 1), MAX_REPETITIONS);
    timed.push({ contender, repetitions, times: [] });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { contender, repetitions, times } of timed) {
      times.push(await timeOf(gpu, contender, repetitions));
    }
  }
  const medians = timed.map(({ times }) => median(times));
  return timed[medians.indexOf(Math.min(...medians))]?.contender.name ?? contenders[0].name;
};
