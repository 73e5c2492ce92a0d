import { readFileSync, writeFileSync } from 'node:fs';
import { runCommand } from '../src/cli/command';
import { fileTuningStore } from '../src/cli/tuningStore';
import { parseConfig } from '../src/distill/config';
import { Trainer } from '../src/distill/trainer';
import type { Gpu } from '../src/gpu/gpu';
import type { KernelChoice } from '../src/graph/kernel';
import { Engine } from '../src/graph/engine';
import { chooseKernels, cpuChoice } from '../src/graph/tune';
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

/** Everything that needs a trainer; it is gone, and its memory free, before the products come. */
const measureTraining = async (
  gpu: Gpu,
  choice: KernelChoice,
  teacher: TeacherFile,
  batch: number,
  repetitions: number,
  profiled: number,
) => {
  const config = parseConfig({ batch, student: { steps: 1 } });
  const bytes = followBuffers(gpu.device);
  const begin = performance.now();
  const engine = new Engine(gpu, choice);
  try {
    const data = trainingData(await openTask(teacher.task, readAsset));
    const onGpu = uploadTeacher(engine, teacher);
    const trainer = await Trainer.create(engine, onGpu, data, config);
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

const bench = async (options: BenchOptions, gpu: Gpu): Promise<BenchReport> => {
  const defaults = gpu.info.software ? DEFAULTS.software : DEFAULTS.hardware;
  const { batch = defaults.batch, repetitions = defaults.repetitions } = options;
  const teacher = readTeacher(Uint8Array.from(readFileSync(options.teacher)).buffer);
  const choice = await chooseKernels(gpu, fileTuningStore());
  note('planning and compiling');
  const { config, parameters, ...training } = await measureTraining(
    gpu,
    choice,
    teacher,
    batch,
    repetitions,
    defaults.profiled,
  );
  note('timing products');
  const other = choice.matmul === 'tiled' ? cpuChoice(gpu).matmul : 'tiled';
  const reduce = choice.reduce === 'tree' ? 'serial' : 'tree';
  const choices = (rival: KernelChoice) => (options.variants ? [choice, rival] : [choice]);
  const layers = [...blockLayers(teacher.config, batch), ...squares(defaults.squares)];
  const products = await measureProducts(
    gpu,
    layers,
    choices({ ...choice, matmul: other }),
    repetitions,
  );
  note('timing attention');
  const attention = await measureAttention(
    gpu,
    teacher.config,
    batch,
    choices({ ...choice, reduce }),
    repetitions,
  );
  note('timing the adapter itself');
  const peak = await measurePeak(gpu);
  return {
    surroundings: describeSurroundings(gpu),
    choice,
    run: { teacher: options.teacher, parameters, batch, criticUpdates: config.critic.updates },
    ...training,
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
