import { writeFileSync } from 'node:fs';
import { readAsset } from '../src/cli/assets';
import { runCommand } from '../src/cli/command';
import { readWhole } from '../src/cli/files';
import { fileTuningStore } from '../src/cli/tuningStore';
import { chooseKernels } from '../src/graph/tune';
import { readTeacher } from '../src/lab/teacher';
import { openTask } from '../src/tasks/task';
import { describeSurroundings, requestGpu } from './adapter';
import { followBuffers } from './counts';
import { measureAlong, type GrowthReport } from './growth/measure';
import { GROWTH_USAGE, parseGrowthOptions } from './growth/options';
import { formatGrowth } from './growth/print';
import { PLANS, sizesAlong } from './growth/sizes';

const TEACHER = 'public/teachers/avatars.safetensors';

const main = async (): Promise<void> => {
  const options = parseGrowthOptions(process.argv.slice(2));
  if (!options) {
    console.log(GROWTH_USAGE);
    return;
  }
  const gpu = await requestGpu();
  const bytes = followBuffers(gpu.device);
  const defaults = PLANS[gpu.info.software ? 'software' : 'hardware'];
  const { batch = defaults.batch, repetitions = defaults.repetitions } = options;
  const teacher = readTeacher(readWhole(TEACHER).buffer);
  const task = await openTask(teacher.task, readAsset);
  const choice = await chooseKernels(gpu, fileTuningStore());
  const surroundings = describeSurroundings(gpu);
  const { adapter, software, processor, versions } = surroundings;
  console.log(`${adapter}${software ? ' (software)' : ''} on ${processor}`);
  console.log(`Node ${versions.node}, Dawn ${versions.dawn}; matmul ${choice.matmul}`);
  const reports: GrowthReport[] = [];
  for (const axis of options.axes) {
    const sizes = sizesAlong(axis, { ...defaults, batch }, teacher.config);
    const material = { gpu, choice, teacher, task, bytes };
    const report = await measureAlong(axis, sizes, material, repetitions);
    console.log(formatGrowth(report));
    reports.push(report);
  }
  if (options.json !== undefined) {
    const all = { surroundings, choice, axes: reports };
    writeFileSync(options.json, `${JSON.stringify(all, null, 2)}\n`);
  }
  gpu.destroy();
};

process.exitCode = await runCommand(main);
