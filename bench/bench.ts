import { writeFileSync } from 'node:fs';
import { UsageError } from '../src/cli/arguments';
import { runCommand } from '../src/cli/command';
import { readWhole } from '../src/cli/files';
import { fileTuningStore } from '../src/cli/tuningStore';
import { parseConfig } from '../src/distill/config';
import { Trainer } from '../src/distill/trainer';
import type { Gpu } from '../src/gpu/gpu';
import type { KernelChoice } from '../src/graph/kernel';
import { Engine } from '../src/graph/engine';
import { chooseKernels } from '../src/graph/tune';
import { candidates, inSinglePrecision, isRunnable } from '../src/graph/variants';
import { readTeacher, uploadTeacher, type TeacherFile } from '../src/lab/teacher';
import { readAsset } from '../src/cli/assets';
import { openTask } from '../src/tasks/task';
import { trainingData } from '../src/tasks/trainingData';
import { describeSurroundings, requestGpu } from './adapter';
import { measureAttention } from './attention';
import { followBuffers } from './counts';
import { measureIteration } from './iteration';
import { BENCH_USAGE, parseBenchOptions, type BenchOptions } from './options';
import { formatReport } from './print';
import { measurePeak } from './peak/peak';
import { measurePrecisions, type PrecisionReport } from './precision';
import { blockLayers, measureProducts, squares } from './products';
import { profileOrReason } from './profile';
import type { BenchReport } from './report';
import { leastBytesOf } from './scale/scale';

/** Enough for a steady median on a GPU; a software adapter takes seconds for each iteration. */
const DEFAULTS = {
  hardware: { batch: 64, repetitions: 20, profiled: 5, squares: [512, 1024, 2048, 4096] },
  software: { batch: 16, repetitions: 5, profiled: 1, squares: [512] },
} as const;

const note = (text: string): void => {
  console.error(`... ${text}`);
};

/** A trainer of a one-step student by CA + DM, on an engine. */
const trainerOn = async (engine: Engine, teacher: TeacherFile, batch: number) => {
  const config = parseConfig({ batch, student: { steps: 1 } });
  const data = trainingData(await openTask(teacher.task, readAsset));
  const onGpu = uploadTeacher(engine, teacher);
  return { config, onGpu, trainer: await Trainer.create(engine, onGpu, data, config) };
};

/** Everything that needs a trainer; it is gone, and its memory free, before the products come. */
const measureTraining = async (
  gpu: Gpu,
  choice: KernelChoice,
  teacher: TeacherFile,
  batch: number,
  repetitions: number,
  profiled: number,
) => {
  const bytes = followBuffers(gpu.device);
  const begin = performance.now();
  const engine = new Engine(gpu, choice);
  try {
    const { config, onGpu, trainer } = await trainerOn(engine, teacher, batch);
    const preparation = {
      seconds: (performance.now() - begin) / 1000,
      pipelines: engine.pipelineCount,
    };
    note(`timing ${repetitions} iterations at batch ${batch}`);
    const iteration = await measureIteration(gpu, trainer, repetitions);
    const { peak: peakBytes } = bytes();
    const leastBytes = leastBytesOf(teacher.config, trainer.cost());
    note('timing each dispatch');
    const profile = await profileOrReason(gpu, trainer, profiled);
    const parameters = onGpu.parameters.layout.count;
    return { preparation, iteration, peakBytes, leastBytes, profile, parameters, config };
  } finally {
    engine.destroy();
  }
};

/** Iterations in both precisions, with the products that suit workgroups in either. */
const measureBoth = async (
  gpu: Gpu,
  choice: KernelChoice,
  teacher: TeacherFile,
  batch: number,
  repetitions: number,
): Promise<PrecisionReport> => {
  const half = { ...choice, matmul: 'halfTiled' } as const;
  const engines = [new Engine(gpu, inSinglePrecision(half)), new Engine(gpu, half)] as const;
  try {
    const { trainer: inSingle } = await trainerOn(engines[0], teacher, batch);
    const { trainer: inHalf } = await trainerOn(engines[1], teacher, batch);
    return await measurePrecisions(inSingle, inHalf, repetitions);
  } finally {
    for (const engine of engines) engine.destroy();
  }
};

const bench = async (options: BenchOptions, gpu: Gpu): Promise<BenchReport> => {
  const defaults = gpu.info.software ? DEFAULTS.software : DEFAULTS.hardware;
  const { batch = defaults.batch, repetitions = defaults.repetitions } = options;
  const teacher = readTeacher(readWhole(options.teacher).buffer);
  const choice = { ...(await chooseKernels(gpu, fileTuningStore())), ...options.forced };
  if (!isRunnable(choice, gpu)) {
    throw new UsageError(
      `${gpu.info.name} cannot run ${Object.values(options.forced).join(', ')}.`,
    );
  }
  note('planning and compiling');
  const { config, parameters, ...training } = await measureTraining(
    gpu,
    choice,
    teacher,
    batch,
    repetitions,
    defaults.profiled,
  );
  const isHalfAsked = options.variants && gpu.extensions.has('f16');
  if (isHalfAsked) note('timing iterations in single and in half precision');
  const precisions = isHalfAsked
    ? await measureBoth(gpu, choice, teacher, batch, repetitions)
    : null;
  note('timing products');
  const all = candidates(gpu);
  /** The choice in use, then those that differ from it in this kind of kernel. */
  const rivals = (kind: keyof KernelChoice): KernelChoice[] => [
    choice,
    ...(options.variants ? all[kind] : [])
      .filter((other) => other[kind] !== choice[kind])
      .map((other) => ({ ...choice, [kind]: other[kind] })),
  ];
  const layers = [...blockLayers(teacher.config, batch), ...squares(defaults.squares)];
  const products = await measureProducts(gpu, layers, rivals('matmul'), repetitions);
  note('timing attention');
  const attention = await measureAttention(
    gpu,
    teacher.config,
    batch,
    rivals('reduce'),
    repetitions,
  );
  note('timing the adapter itself');
  const peak = await measurePeak(gpu);
  return {
    surroundings: describeSurroundings(gpu),
    choice,
    run: { teacher: options.teacher, parameters, batch, criticUpdates: config.critic.updates },
    ...training,
    precisions,
    products,
    peak,
    attention,
  };
};

const main = async (): Promise<void> => {
  const options = parseBenchOptions(process.argv.slice(2));
  if (!options) {
    console.log(BENCH_USAGE);
    return;
  }
  const gpu = await requestGpu();
  const report = await bench(options, gpu);
  console.log(formatReport(report));
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  }
  gpu.destroy();
};

process.exitCode = await runCommand(main);
