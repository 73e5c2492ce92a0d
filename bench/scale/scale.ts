import { parseConfig } from '../../src/distill/config';
import type { IterationCost } from '../../src/distill/cost';
import type { TrainingData } from '../../src/distill/data';
import { Trainer } from '../../src/distill/trainer';
import type { Gpu } from '../../src/gpu/gpu';
import { Engine } from '../../src/graph/engine';
import type { KernelChoice } from '../../src/graph/kernel';
import { uploadTeacher } from '../../src/lab/teacher';
import type { DitConfig } from '../../src/models/dit/config';
import { ditLayout } from '../../src/models/dit/parameters';
import { followBuffers } from '../counts';
import { gflopsOf, summarise, timed, type Times } from '../statistics';
import type { BenchNetwork } from './network';
import { preparePasses, type Pass } from './passes';

/** How long one piece of work takes. */
export interface Timing {
  readonly times: Times;
  readonly gflops: number;
}

/** What a network costs at one batch. */
export interface ScaleReport {
  readonly network: string;
  readonly parameters: number;
  readonly batch: number;
  /** Its velocity. */
  readonly forward: Timing;
  /** Forward, backward and Adam. */
  readonly update: Timing;
  /** A whole iteration of distillation: a one-step student by CA + DM, with its critic's updates. */
  readonly iteration: Timing;
  /** Seconds to plan and compile that iteration, nothing known before. */
  readonly preparation: number;
  /** Most bytes of GPU buffers at once in the iteration. */
  readonly peakBytes: number;
  /** The least that it could do with: parameters, optimizers' states, temporaries needed at once. */
  readonly leastBytes: number;
}

const FLOAT_BYTES = 4;
/**
 * Parameters that must be there: the teacher's; the student's with its average and both moments; the
 * critic's with both moments; and one gradient.
 */
const COPIES = 1 + 4 + 3 + 1;

/** The least bytes that training can do with: those parameters, and temporaries needed at once. */
export const leastBytesOf = (
  config: DitConfig,
  { temporaryBytesNeeded }: Pick<IterationCost, 'temporaryBytesNeeded'>,
): number => COPIES * ditLayout(config).size * FLOAT_BYTES + temporaryBytesNeeded;

/** Runs once to warm up, then so many times. */
const repeat = async ({ flops, run }: Pass, repetitions: number): Promise<Timing> => {
  await run();
  const milliseconds: number[] = [];
  for (let i = 0; i < repetitions; i++) milliseconds.push(await timed(run));
  const times = summarise(milliseconds);
  return { times, gflops: gflopsOf(flops, times.median) };
};

/** The passes of a network alone; their memory is free before training comes. */
const measurePasses = async (
  gpu: Gpu,
  choice: KernelChoice,
  network: BenchNetwork,
  batch: number,
  repetitions: number,
) => {
  const engine = new Engine(gpu, choice);
  try {
    const { forward, update } = await preparePasses(engine, network, batch);
    return {
      forward: await repeat(forward, repetitions),
      update: await repeat(update, repetitions),
    };
  } finally {
    engine.destroy();
  }
};

/** An iteration of the trainer. */
const measureTraining = async (
  gpu: Gpu,
  choice: KernelChoice,
  { config: sizes, flat }: BenchNetwork,
  data: TrainingData,
  batch: number,
  repetitions: number,
) => {
  const bytes = followBuffers(gpu.device);
  const engine = new Engine(gpu, choice);
  try {
    const begin = performance.now();
    const teacher = uploadTeacher(engine, { config: sizes, flat });
    const trainer = await Trainer.create(engine, teacher, data, parseConfig({ batch }));
    const preparation = (performance.now() - begin) / 1000;
    const cost = trainer.cost();
    const work = { flops: cost.flops, run: () => trainer.iterate() };
    const iteration = await repeat(work, repetitions);
    const leastBytes = leastBytesOf(sizes, cost);
    return { preparation, iteration, peakBytes: bytes().peak, leastBytes };
  } finally {
    engine.destroy();
  }
};

/** Times the passes of a network alone, then whole iterations. Throws GpuError without memory. */
export const measureScale = async (
  gpu: Gpu,
  choice: KernelChoice,
  network: BenchNetwork,
  data: TrainingData,
  batch: number,
  repetitions: number,
): Promise<ScaleReport> => {
  const passes = await measurePasses(gpu, choice, network, batch, repetitions);
  const training = await measureTraining(gpu, choice, network, data, batch, repetitions);
  const parameters = ditLayout(network.config).count;
  return { network: network.name, parameters, batch, ...passes, ...training };
};
