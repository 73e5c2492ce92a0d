import type { Gpu } from '../src/gpu/gpu';
import type { IterationCost } from '../src/distill/cost';
import type { Trainer } from '../src/distill/trainer';
import { countCalls, type GpuCounts } from './counts';
import { gflopsOf, summarise, type Times } from './statistics';

/** What one iteration costs and how long it takes. */
export interface IterationReport {
  readonly cost: IterationCost;
  /** What the device was really asked for in one iteration. */
  readonly counted: GpuCounts;
  /** Milliseconds from the first line of an iteration until its figures are back. */
  readonly whole: Times;
  /** Milliseconds of that in which the host encodes and submits. */
  readonly host: Times;
  /**
   * Milliseconds of processor time, all threads of this process together. On a software adapter
   * that is the work itself, whatever else the machine does meanwhile.
   */
  readonly processor: Times;
  readonly gflops: number;
}

/**
 * Counts one iteration (which warms up as well), checks that what was submitted is what was
 * planned, and times `repetitions` more, one after another.
 */
export const measureIteration = async (
  gpu: Gpu,
  trainer: Trainer,
  repetitions: number,
): Promise<IterationReport> => {
  const cost = trainer.cost();
  const counted = await countCalls(gpu.device, () => trainer.iterate());
  if (counted.dispatches !== cost.dispatches) {
    throw new RangeError(`${cost.dispatches} dispatches planned, ${counted.dispatches} submitted.`);
  }
  const whole: number[] = [];
  const host: number[] = [];
  const processor: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const used = process.cpuUsage();
    const begin = performance.now();
    const figures = trainer.iterate();
    host.push(performance.now() - begin);
    await figures;
    whole.push(performance.now() - begin);
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1000);
  }
  const times = summarise(whole);
  return {
    cost,
    counted,
    whole: times,
    host: summarise(host),
    processor: summarise(processor),
    gflops: gflopsOf(cost.flops, times.median),
  };
};
