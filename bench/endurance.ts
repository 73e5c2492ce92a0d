import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseArguments, wholeNumber } from '../src/cli/arguments';
import { readAsset } from '../src/cli/assets';
import { runCommand } from '../src/cli/command';
import { readWhole } from '../src/cli/files';
import { fileTuningStore } from '../src/cli/tuningStore';
import { parseConfig } from '../src/distill/config';
import { Trainer } from '../src/distill/trainer';
import { Engine } from '../src/graph/engine';
import { chooseKernels } from '../src/graph/tune';
import { readTeacher, uploadTeacher } from '../src/lab/teacher';
import { openTask } from '../src/tasks/task';
import { trainingData } from '../src/tasks/trainingData';
import { requestGpu } from './adapter';
import { followBuffers } from './counts';
import { mebibytes } from './figures';

const USAGE = `Trains for long, and prints what memory there is at every tenth of the way.

  node scripts/run.mjs bench/endurance.ts --iterations 10000

  --iterations N     iterations (default 10000)
  --batch N          images an update (default 1)
  --teacher FILE     a teacher's safetensors (default tests/fixtures/tiny-teacher.safetensors)
  --help`;

const REPORTS = 10;

/** Frees what nobody holds any more, so that the heap is what is in use. */
const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
};

const main = async (): Promise<void> => {
  const values = parseArguments(process.argv.slice(2), {
    iterations: { type: 'string', default: '10000' },
    batch: { type: 'string', default: '1' },
    teacher: { type: 'string', default: 'tests/fixtures/tiny-teacher.safetensors' },
    help: { type: 'boolean', default: false },
  } as const);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const iterations = wholeNumber('iterations', values.iterations, REPORTS, 10_000_000);
  const batch = wholeNumber('batch', values.batch, 1, 1024);
  const teacher = readTeacher(readWhole(values.teacher).buffer);
  const gpu = await requestGpu();
  const bytes = followBuffers(gpu.device);
  const engine = new Engine(gpu, await chooseKernels(gpu, fileTuningStore()));
  const data = trainingData(await openTask(teacher.task, readAsset));
  const onGpu = uploadTeacher(engine, teacher);
  const trainer = await Trainer.create(engine, onGpu, data, parseConfig({ batch }));
  console.log(`${gpu.info.name}, ${iterations} iterations of batch ${batch}`);
  console.log('iteration   GPU buffers   most at once   JavaScript heap   process');
  for (let part = 0; part <= REPORTS; part++) {
    const end = Math.round((iterations * part) / REPORTS);
    while (trainer.iteration < end) await trainer.iterate();
    collectGarbage();
    const { heapUsed, rss } = process.memoryUsage();
    const { live, peak } = bytes();
    const column = (value: number, width: number): string => mebibytes(value, 2).padStart(width);
    console.log(
      `${String(end).padStart(9)}${column(live, 14)}${column(peak, 15)}${column(heapUsed, 18)}${column(rss, 14)}`,
    );
  }
  engine.destroy();
  gpu.destroy();
};

process.exitCode = await runCommand(main);
