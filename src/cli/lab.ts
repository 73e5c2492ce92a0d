import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { chooseKernels } from '../graph/tune';
import { sha256 } from '../interchange/sha256';
import { readClassifier } from '../lab/classifier';
import type { ArmId } from '../lab/config';
import { EXPERIMENTS } from '../lab/experiments/registry';
import type { RunRecord } from '../lab/record';
import { readTeacher } from '../lab/teacher';
import { openTask, type ImageTask } from '../tasks/task';
import { openGpu } from './adapter';
import { UsageError } from './arguments';
import { assetPath, readAsset } from './assets';
import { codeVersion } from './codeVersion';
import { runCommand } from './command';
import { readJsonFile, readWhole } from './files';
import { INTERRUPTED, interruption } from './interruption';
import { mergeFolders, missingUnits } from './labMerge';
import { LAB_USAGE, parseLabCommand, type RunOptions } from './labOptions';
import { claimFolder, planOf } from './labPlan';
import { claimLines, writeSeed, writeSummary } from './labResults';
import { finishedRecord, runSeed, type RunContext } from './labRun';
import { progressBar, say } from './progress';
import { fileReferenceCache } from './referenceCache';
import { shardFolder, shardUnits, unitsOf } from './shard';
import { fileTuningStore } from './tuningStore';

const quoted = (argument: string): string =>
  /^[\w./,:=@-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;

/** The arms of each seed that are this process's to run. */
const workOf = ({ seeds, config, shard }: RunOptions): Map<number, ArmId[]> => {
  const units = unitsOf(
    seeds,
    config.arms.map(({ id }) => id),
  );
  const work = new Map<number, ArmId[]>();
  for (const { seed, arm } of shard ? shardUnits(units, shard) : units) {
    work.set(seed, [...(work.get(seed) ?? []), arm]);
  }
  return work;
};

const readClassifierFile = (path: string): Uint8Array<ArrayBuffer> => {
  if (existsSync(path)) return readWhole(path);
  throw new UsageError(
    `There is no classifier ${path}; with --classifier none only pixels are measured.`,
  );
};

/** Path of a task's classifier; null where it has none. */
const classifierOf = ({ classifier }: ImageTask): string | null =>
  classifier === null ? null : assetPath(classifier);

/** Files of a run, read and checked before a GPU is asked for. */
const readInputs = async (options: RunOptions) => {
  const teacherBytes = readWhole(options.teacher);
  const teacher = readTeacher(teacherBytes.buffer);
  const { classifier: path = classifierOf(teacher.task) } = options;
  const classifier = path === null ? null : readClassifierFile(path);
  return {
    teacher,
    judge: classifier && readClassifier(teacher.task, classifier.buffer),
    digests: {
      teacher: await sha256(teacherBytes),
      classifier: classifier && (await sha256(classifier)),
    },
  };
};

const run = async (options: RunOptions): Promise<void> => {
  const { shard, iterations, experiment } = options;
  const out = shard ? join(options.out, shardFolder(shard)) : options.out;
  const work = workOf(options);
  if (shard) {
    const units = [...work.values()].reduce((sum, arms) => sum + arms.length, 0);
    console.log(`shard ${shard.index + 1} of ${shard.count} (${shard.from}): ${units} arms`);
    if (units === 0) return;
  }
  const { teacher, judge, digests } = await readInputs(options);
  const command = `npm run lab -- ${process.argv.slice(2).map(quoted).join(' ')}`;
  claimFolder(out, planOf(options, { ...digests, command }));

  const records = new Map<number, RunRecord>();
  for (const seed of work.keys()) {
    const finished = finishedRecord(out, seed, options);
    if (!finished) continue;
    records.set(seed, finished);
    console.log(`seed ${seed}: done`);
  }
  const summarise = (): RunRecord[] => {
    const all = [...records.values()].sort((a, b) => a.config.seed - b.config.seed);
    writeSummary(out, all, command);
    return all;
  };

  const open = [...work].filter(([seed]) => !records.has(seed));
  const stop = interruption();
  if (open.length > 0) {
    const task = await openTask(teacher.task, readAsset);
    const gpu = await openGpu();
    const choice = await chooseKernels(gpu, fileTuningStore());
    const bar = progressBar();
    bar.start(open.length * iterations, 0, { detail: '' });
    try {
      for (const [index, [seed, arms]] of open.entries()) {
        if (stop.aborted) break;
        const context: RunContext = {
          ...{ options, out, gpu, choice, teacher, task, judge, stop, say },
          teacherId: basename(options.teacher, '.safetensors'),
          cache: fileReferenceCache(options.cache),
          codeVersion: codeVersion(),
          onProgress: (iteration, detail) => {
            bar.update(index * iterations + iteration, { detail: `seed ${seed}: ${detail}` });
          },
          onRecord: (record) => {
            records.set(seed, record);
            writeSeed(out, record);
            summarise();
          },
        };
        await runSeed(context, seed, arms);
      }
    } finally {
      bar.stop();
    }
    gpu.destroy();
  }
  const all = summarise();
  if (experiment && !shard) console.log(claimLines(all).join('\n'));
  if (stop.aborted) {
    console.log(`Stopped; saved to ${out}. The same command goes on from there.`);
    process.exitCode = INTERRUPTED;
  } else {
    console.log(`Saved to ${out}; open ${join(out, 'report.html')}`);
  }
};

const list = (): string =>
  EXPERIMENTS.map(
    ({ id, title, paper, lab, iterations, seeds }) =>
      `${id.padEnd(5)} ${title.padEnd(34)} ${paper.padEnd(18)} ${lab.arms.length} arms, ${iterations} iterations, ${seeds} seeds\n` +
      `      arms: ${lab.arms.map((arm) => arm.id).join(', ')}`,
  ).join('\n');

const main = async (): Promise<void> => {
  const command = parseLabCommand(
    process.argv.slice(2),
    (file) => readJsonFile('--config', file),
    process.env,
  );
  switch (command.kind) {
    case 'help':
      console.log(LAB_USAGE);
      return;
    case 'list':
      console.log(list());
      return;
    case 'merge': {
      const records = mergeFolders(command.folders, command.out);
      console.log(claimLines(records).join('\n'));
      for (const { seed, arm } of missingUnits(command.folders, records)) {
        console.log(`missing: ${arm} of seed ${seed}`);
      }
      console.log(`Merged to ${command.out}; open ${join(command.out, 'report.html')}`);
      return;
    }
    case 'run':
      await run(command.options);
  }
};

const code = await runCommand(main);
if (code !== 0) process.exitCode = code;
