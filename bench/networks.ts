import { writeFileSync } from 'node:fs';
import { parseArguments, wholeNumber } from '../src/cli/arguments';
import { readAsset } from '../src/cli/assets';
import { runCommand } from '../src/cli/command';
import { readWhole } from '../src/cli/files';
import { fileTuningStore } from '../src/cli/tuningStore';
import { chooseKernels } from '../src/graph/tune';
import { readTeacher } from '../src/lab/teacher';
import { openTask } from '../src/tasks/task';
import { trainingData } from '../src/tasks/trainingData';
import { describeSurroundings, requestGpu } from './adapter';
import { SCALE_HEAD, scaleCells } from './scale/cells';
import { fourfold } from './scale/network';
import { measureScale, type ScaleReport } from './scale/scale';
import { table } from './table';

const USAGE = `Times the avatars' network and one of four times its size: forward, update, whole iteration.

  node scripts/run.mjs bench/networks.ts --batches 16,64,256

  --batches LIST     images an update (default 16,64,256; 16 on a software adapter)
  --repetitions N    of each, after one that warms up (default 20; 3 on a software adapter)
  --json FILE        write the figures there as well
  --help`;

const TEACHER = 'public/teachers/avatars.safetensors';

const main = async (): Promise<void> => {
  const values = parseArguments(process.argv.slice(2), {
    batches: { type: 'string' },
    repetitions: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  } as const);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const gpu = await requestGpu();
  const { software } = gpu.info;
  const batches = (values.batches ?? (software ? '16' : '16,64,256'))
    .split(',')
    .map((text) => wholeNumber('batches', text, 1, 1024));
  const repetitions = wholeNumber(
    'repetitions',
    values.repetitions ?? (software ? '3' : '20'),
    1,
    1000,
  );
  const { config, flat, task } = readTeacher(readWhole(TEACHER).buffer);
  const data = trainingData(await openTask(task, readAsset));
  const choice = await chooseKernels(gpu, fileTuningStore());
  const surroundings = describeSurroundings(gpu);
  console.log(`${surroundings.adapter} on ${surroundings.processor}, matmul ${choice.matmul}`);
  console.log(`medians of ${repetitions} in ms, after one that warms up`);
  const reports: ScaleReport[] = [];
  for (const network of [{ name: 'avatars', config, flat }, fourfold(config)]) {
    for (const batch of batches) {
      console.error(`... ${network.name}, batch ${batch}`);
      reports.push(await measureScale(gpu, choice, network, data, batch, repetitions));
    }
  }
  console.log(table([SCALE_HEAD, ...reports.map(scaleCells)]));
  if (values.json !== undefined) {
    const all = { surroundings, choice, repetitions, scales: reports };
    writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
  }
  gpu.destroy();
};

process.exitCode = await runCommand(main);
