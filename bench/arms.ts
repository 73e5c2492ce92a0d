import { readFileSync } from 'node:fs';
import { parseArguments, wholeNumber } from '../src/cli/arguments';
import { runCommand } from '../src/cli/command';
import { fileTuningStore } from '../src/cli/tuningStore';
import type { InGraphTeacher } from '../src/distill/networks';
import type { Gpu } from '../src/gpu/gpu';
import { Engine } from '../src/graph/engine';
import type { Executable } from '../src/graph/executable';
import { read, variable } from '../src/graph/tensor';
import { chooseKernels } from '../src/graph/tune';
import { readTeacher, uploadTeacher } from '../src/lab/teacher';
import { describeSurroundings, requestGpu } from './adapter';
import { summarise } from './statistics';

/**
 * Is it worth while to evaluate the teacher for several arms as one batch? Times the evaluations of
 * 1 to 4 arms one after another and as one, in turns. The batch is given its inputs side by side,
 * which a lab would have to copy there first: what is measured is the most that could be gained.
 */

const USAGE = `Times the teacher's evaluations of 1 to 4 arms one after another and as one batch.

  node scripts/run.mjs bench/arms.ts --batch 64

  --batch N          images an update (default 64; 16 on a software adapter)
  --repetitions N    timed rounds, at least 5 (default 20; 5 on a software adapter)
  --teacher FILE     a teacher's safetensors (default public/teachers/avatars.safetensors)
  --help`;

const MOST_ARMS = 4;
/** What CA + DM ask of the teacher for each image: cond and uncond at tau_CA, cond at tau_DM. */
const EVALUATIONS = 3;

/** The same evaluations, either way. */
interface Contestant {
  readonly arms: number;
  readonly batched: boolean;
  readonly programs: readonly Executable[];
  readonly times: number[];
}

const evaluation = (
  engine: Engine,
  teacher: InGraphTeacher,
  images: number,
): Promise<Executable> => {
  const { sampleShape, promptRows } = teacher.backbone;
  const shape = [images, ...sampleShape];
  const velocity = teacher.velocity({
    x: read(variable('x', shape)),
    t: read(variable('t', [images])),
    rows: read(variable('rows', [images, promptRows], 'i32')),
  });
  return engine.prepare({
    name: `teacher, ${images} images`,
    assign: [{ variable: variable('velocity', shape), value: velocity }],
  });
};

const contestants = async (
  engine: Engine,
  teacher: InGraphTeacher,
  images: number,
): Promise<Contestant[]> => {
  const all: Contestant[] = [];
  for (let arms = 1; arms <= MOST_ARMS; arms++) {
    const apart = [];
    for (let arm = 0; arm < arms; arm++) apart.push(await evaluation(engine, teacher, images));
    const together = [await evaluation(engine, teacher, arms * images)];
    all.push({ arms, batched: false, programs: apart, times: [] });
    all.push({ arms, batched: true, programs: together, times: [] });
  }
  return all;
};

/** Milliseconds of one round of evaluations, in one submission. */
const timeOf = async (engine: Engine, { programs }: Contestant): Promise<number> => {
  const recording = engine.record();
  for (const program of programs) recording.run(program);
  const begin = performance.now();
  void recording.submit();
  await engine.gpu.device.queue.onSubmittedWorkDone();
  return performance.now() - begin;
};

const table = (all: readonly Contestant[]): string =>
  Array.from({ length: MOST_ARMS }, (_, index) => {
    const of = (batched: boolean) =>
      summarise(all.find((one) => one.arms === index + 1 && one.batched === batched)?.times ?? []);
    const [apart, together] = [of(false), of(true)];
    const range = ({ median, fastest, slowest }: typeof apart): string =>
      `${median.toFixed(1)} ms (${fastest.toFixed(1)} to ${slowest.toFixed(1)})`;
    const ratio = (together.median / apart.median).toFixed(3);
    return `${index + 1} arms   one after another ${range(apart)}   as one batch ${range(together)}   ratio ${ratio}`;
  }).join('\n');

const bench = async (gpu: Gpu, args: Readonly<Record<string, string | undefined>>) => {
  const software = gpu.info.software;
  const given = (name: string, least: number, fallback: number): number =>
    args[name] === undefined ? fallback : wholeNumber(name, args[name], least, 1024);
  const batch = given('batch', 1, software ? 16 : 64);
  const repetitions = given('repetitions', 5, software ? 5 : 20);
  const file = readTeacher(Uint8Array.from(readFileSync(args['teacher'] ?? '')).buffer);
  const choice = await chooseKernels(gpu, fileTuningStore());
  const engine = new Engine(gpu, choice);
  const teacher = uploadTeacher(engine, file);
  const all = await contestants(engine, teacher, EVALUATIONS * batch);
  for (const contestant of all) await timeOf(engine, contestant);
  for (let round = 0; round < repetitions; round++) {
    for (const contestant of all) contestant.times.push(await timeOf(engine, contestant));
  }
  engine.destroy();
  const { adapter, processor, versions } = describeSurroundings(gpu);
  console.log(`${adapter} on ${processor}, Node ${versions.node}, Dawn ${versions.dawn}`);
  console.log(
    `batch ${batch}, ${EVALUATIONS * batch} evaluations an arm, matmul ${choice.matmul}, ` +
      `medians of ${repetitions} rounds in turns`,
  );
  console.log(table(all));
};

const main = async (): Promise<void> => {
  const values = parseArguments(process.argv.slice(2), {
    batch: { type: 'string' },
    repetitions: { type: 'string' },
    teacher: { type: 'string', default: 'public/teachers/avatars.safetensors' },
    help: { type: 'boolean', default: false },
  } as const);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { batch, repetitions, teacher } = values;
  const gpu = await requestGpu();
  await bench(gpu, { batch, repetitions, teacher });
  gpu.destroy();
};

process.exitCode = await runCommand(main);
