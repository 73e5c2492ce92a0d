import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import type { IterationFigures } from '../distill/trainer';
import type { Gpu } from '../gpu/gpu';
import type { KernelChoice } from '../graph/kernel';
import { PhiloxStream } from '../graph/philox';
import { chooseKernels } from '../graph/tune';
import { contactSheet } from '../interchange/contactSheet';
import { formatCsv } from '../interchange/csv';
import { encodePng } from '../interchange/png';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from '../lab/reference';
import { armConfigOf } from '../lab/config';
import { parseEvaluationOptions } from '../lab/evaluationOptions';
import { HaltedError } from '../lab/halts';
import { Lab, type GridRequest } from '../lab/lab';
import { figureRowSchema } from '../lab/record';
import { readTeacher } from '../lab/teacher';
import { openTask, type ImageTask } from '../tasks/task';
import { openGpu } from './adapter';
import { readAsset } from './assets';
import { runCommand } from './command';
import { DISTILL_USAGE, parseDistillOptions, type DistillOptions } from './distillOptions';
import { readJsonFile, readWhole } from './files';
import { fileTuningStore } from './tuningStore';

/** The only arm. */
const ARM = 'student';

/** Rows of the contact sheet: references first, then the student over time. */
type Rows = { readonly label: string; readonly images: Float32Array }[];

const concatenate = (parts: readonly Float32Array[]): Float32Array => {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

/** Writes what there is so far, so that an interrupted run keeps its results. */
const saveResults = (
  { out, images, config }: DistillOptions,
  rows: Rows,
  metrics: readonly IterationFigures[],
  [, , height, width]: readonly [number, number, number, number],
): void => {
  const sheet = contactSheet(concatenate(rows.map((row) => row.images)), {
    columns: images,
    height,
    width,
  });
  writeFileSync(join(out, 'samples.png'), encodePng(sheet));
  writeFileSync(join(out, 'samples.txt'), `${rows.map(({ label }) => label).join('\n')}\n`);
  writeFileSync(
    join(out, 'metrics.csv'),
    formatCsv(
      metrics.map(({ taus: _, ...row }) => row),
      Object.keys(figureRowSchema.shape),
    ),
  );
  writeFileSync(join(out, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
};

const saveStudents = async ({ out }: DistillOptions, lab: Lab): Promise<void> => {
  writeFileSync(join(out, 'student.safetensors'), await lab.exportStudent(ARM, 'raw'));
  writeFileSync(join(out, 'student-average.safetensors'), await lab.exportStudent(ARM, 'average'));
};

const gridOf = (task: ImageTask, { images, gridSeed }: DistillOptions): GridRequest => ({
  prompts: task.samplePrompts(new PhiloxStream(gridSeed, 0, 0), images),
  seed: gridSeed,
});

/** A lab of one arm, which is never evaluated. */
const openLab = async (options: DistillOptions, gpu: Gpu, choice: KernelChoice): Promise<Lab> => {
  const { seed, batch, prompts } = options.config;
  const arm = { id: ARM, name: 'Student', config: armConfigOf(options.config) };
  const teacher = readTeacher(readWhole(options.teacher).buffer);
  return Lab.create({
    gpu,
    choice,
    teacher,
    task: await openTask(teacher.task, readAsset),
    judge: null,
    grid: gridOf(teacher.task, options),
    config: { version: 1, seed, batch, prompts, arms: [arm] },
    evaluation: parseEvaluationOptions({ every: 0 }),
  });
};

/** One iteration's figures. Throws HaltedError where the student had to halt. */
const iterate = async (lab: Lab): Promise<IterationFigures> => {
  const figures = (await lab.iterate()).get(ARM);
  const halt = lab.arms[0]?.halt;
  if (halt) throw new HaltedError(halt);
  if (!figures) throw new RangeError('The student was left out.');
  return figures;
};

const train = async (options: DistillOptions, gpu: Gpu): Promise<void> => {
  const { iterations, snapshots, out } = options;
  const choice = await chooseKernels(gpu, fileTuningStore());
  const lab = await openLab(options, gpu, choice);
  const { dispatches, flops } = lab.cost(ARM);
  console.log(
    `${lab.parameterCount} parameters, ${dispatches} dispatches and ` +
      `${(flops / 1e9).toFixed(1)} GFLOP an iteration${options.config.student.steps > 1 ? ' at the first step' : ''}, matmul ${choice.matmul}`,
  );
  mkdirSync(out, { recursive: true });
  const rows: Rows = [
    {
      label: `teacher, ${REFERENCE_STEPS} steps with guidance ${REFERENCE_GUIDANCE}`,
      images: await lab.draw('teacherGuided'),
    },
    {
      label: `student before training (the teacher in steps: ${options.config.student.steps})`,
      images: await lab.draw(ARM),
    },
  ];
  const metrics: IterationFigures[] = [];
  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    interrupt.abort();
  });

  const lost = gpu.lost.then((error) => {
    throw error;
  });
  const bar = new SingleBar({
    format: '{bar} {value}/{total}  variance {variance}  {eta_formatted} left',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  bar.start(iterations, 0, { variance: '-' });
  try {
    while (metrics.length < iterations && !interrupt.signal.aborted) {
      const figures = await Promise.race([iterate(lab), lost]);
      metrics.push(figures);
      bar.update(figures.iteration, { variance: figures.imageVariance.toFixed(3) });
      if (snapshots.includes(figures.iteration)) {
        const images = await lab.draw(ARM);
        rows.push({ label: `student after ${figures.iteration} iterations`, images });
        saveResults(options, rows, metrics, lab.gridShape);
        await saveStudents(options, lab);
      }
    }
  } finally {
    bar.stop();
    saveResults(options, rows, metrics, lab.gridShape);
  }
  await saveStudents(options, lab);
  await lab.destroy();
  console.log(`${interrupt.signal.aborted ? 'Interrupted; saved' : 'Saved'} to ${out}`);
};

const main = async (): Promise<void> => {
  const options = parseDistillOptions(process.argv.slice(2), (file) =>
    readJsonFile('--config', file),
  );
  if (!options) {
    console.log(DISTILL_USAGE);
    return;
  }
  const gpu = await openGpu();
  await train(options, gpu);
  gpu.destroy();
};

process.exitCode = await runCommand(main);
