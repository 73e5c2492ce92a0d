import { writeFileSync } from 'node:fs';
import { parseArguments, UsageError, wholeNumber } from '../src/cli/arguments';
import { runCommand } from '../src/cli/command';
import { readWhole } from '../src/cli/files';
import { fileTuningStore } from '../src/cli/tuningStore';
import { Engine } from '../src/graph/engine';
import { chooseKernels } from '../src/graph/tune';
import { readTeacher, uploadTeacher } from '../src/lab/teacher';
import { describeSurroundings, requestGpu } from './adapter';
import { hold, type Contest } from './arms/contest';
import { gradientPrograms } from './arms/gradients';
import { studentPrograms, teacherPrograms } from './arms/programs';
import { short } from './figures';
import { section, table } from './table';

/**
 * Is it worth while to do the work of several arms as one batched program? Times that of 1 to 8
 * arms one after another and as one, in turns: the forward pass of the teacher that all share, that of
 * students whose weights are their own, and the products of a backward pass. The batch is given its inputs side by side, which a lab would have to
 * copy there first: what is measured is the most that could be gained.
 */

const USAGE = `Times work of 1 to 8 arms one after another and as one batched program.

  node scripts/run.mjs bench/arms.ts --batch 64

  --work LIST        of teacher, students, gradients (default all)
  --batch N          images an update (default 64; 16 on a software adapter)
  --repetitions N    timed rounds, at least 5 (default 20; 5 on a software adapter)
  --teacher FILE     a teacher's safetensors (default public/teachers/avatars.safetensors)
  --json FILE        write the figures there as well
  --help`;

/** What CA + DM ask of the teacher for each image: cond and uncond at tau_CA, cond at tau_DM. */
const EVALUATIONS = 3;

const WORK = {
  teacher: {
    title: 'The teacher, asked by all arms',
    images: EVALUATIONS,
    programs: teacherPrograms,
  },
  students: {
    title: 'Students, each with weights of its own',
    images: 1,
    programs: studentPrograms,
  },
  gradients: {
    title: 'Products of the backward pass of one block',
    images: 1,
    programs: gradientPrograms,
  },
} as const;

type Work = keyof typeof WORK;

const workOf = (name: string): Work => {
  if (Object.hasOwn(WORK, name)) return name as Work;
  const names = Object.keys(WORK).join(', ');
  throw new UsageError(`--work takes ${names} with commas between, not “${name}”.`);
};

const formatContests = (title: string, images: number, contests: readonly Contest[]): string =>
  section(
    `${title}: ${images} images an arm (median of ${contests[0]?.apart.times.repetitions ?? 0}, in turns)`,
    table([
      ['arms', 'apart, ms', 'dispatches', 'as one, ms', 'dispatches', 'as one / apart'],
      ...contests.map(({ arms, apart, together }) => [
        String(arms),
        ...[apart, together].flatMap(({ times, dispatches }) => [
          `${short(times.median)} (${short(times.fastest)} to ${short(times.slowest)})`,
          String(dispatches),
        ]),
        (together.times.median / apart.times.median).toFixed(3),
      ]),
    ]),
  );

const main = async (): Promise<void> => {
  const values = parseArguments(process.argv.slice(2), {
    work: { type: 'string', default: Object.keys(WORK).join() },
    batch: { type: 'string' },
    repetitions: { type: 'string' },
    teacher: { type: 'string', default: 'public/teachers/avatars.safetensors' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  } as const);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const asked = values.work.split(',').map(workOf);
  const gpu = await requestGpu();
  const { software } = gpu.info;
  const given = (name: 'batch' | 'repetitions', least: number, fallback: number): number => {
    const text = values[name];
    return text === undefined ? fallback : wholeNumber(name, text, least, 1024);
  };
  const batch = given('batch', 1, software ? 16 : 64);
  const repetitions = given('repetitions', 5, software ? 5 : 20);
  const file = readTeacher(readWhole(values.teacher).buffer);
  const choice = await chooseKernels(gpu, fileTuningStore());
  const surroundings = describeSurroundings(gpu);
  const { adapter, processor, versions } = surroundings;
  console.log(`${adapter} on ${processor}, Node ${versions.node}, Dawn ${versions.dawn}`);
  console.log(`batch ${batch}, matmul ${choice.matmul}`);
  const found: Partial<Record<Work, readonly Contest[]>> = {};
  for (const work of asked) {
    const { title, images, programs } = WORK[work];
    // Each with an engine of its own, whose memory is free before the next.
    const engine = new Engine(gpu, choice);
    try {
      const teacher = uploadTeacher(engine, file);
      const all = await programs(engine, teacher, images * batch);
      const contests = await hold(engine, all, repetitions);
      console.log(formatContests(title, images * batch, contests));
      found[work] = contests;
    } finally {
      engine.destroy();
    }
  }
  if (values.json !== undefined) {
    const all = { surroundings, choice, batch, ...found };
    writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
  }
  gpu.destroy();
};

process.exitCode = await runCommand(main);
