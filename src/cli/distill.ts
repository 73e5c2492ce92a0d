import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import type { IterationFigures } from '../distill/trainer';
import { Gpu } from '../gpu/gpu';
import { PhiloxStream } from '../graph/philox';
import { chooseKernels } from '../graph/tune';
import { contactSheet } from '../interchange/contactSheet';
import { formatCsv } from '../interchange/csv';
import { encodePng } from '../interchange/png';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from '../lab/reference';
import { Session, type GridRequest } from '../lab/session';
import { readTeacher } from '../lab/teacher';
import { samplePrompts } from '../tasks/avatars/prompts';
import { UsageError } from './arguments';
import { runCommand } from './command';
import { dawnGpu } from './dawn';
import { DISTILL_USAGE, parseDistillOptions, type DistillOptions } from './distillOptions';
import { fileTuningStore } from './tuningStore';

/** Rows of the contact sheet: references first, then the student over time. */
type Rows = { readonly label: string; readonly images: Float32Array }[];

const METRICS_COLUMNS = [
  'iteration',
  'caNorm',
  'dmNorm',
  'criticLoss',
  'imageMean',
  'imageVariance',
];

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
      metrics.map((figures) => ({ ...figures })),
      METRICS_COLUMNS,
    ),
  );
  writeFileSync(join(out, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
};

const saveStudents = async ({ out }: DistillOptions, session: Session): Promise<void> => {
  writeFileSync(join(out, 'student.safetensors'), await session.exportStudent('raw'));
  writeFileSync(join(out, 'student-average.safetensors'), await session.exportStudent('average'));
};

const gridOf = ({ images, gridSeed }: DistillOptions): GridRequest => ({
  prompts: samplePrompts(new PhiloxStream(gridSeed, 0, 0), images, 'full'),
  seed: gridSeed,
});

const train = async (options: DistillOptions, gpu: Gpu): Promise<void> => {
  const { iterations, snapshots, out } = options;
  const teacher = readTeacher(Uint8Array.from(readFileSync(options.teacher)).buffer);
  const choice = await chooseKernels(gpu, fileTuningStore());
  const session = await Session.create(gpu, choice, teacher, options.config, gridOf(options));
  const { dispatches, flops } = session.trainer.cost();
  console.log(
    `${session.parameterCount} parameters, ${dispatches} dispatches and ` +
      `${(flops / 1e9).toFixed(1)} GFLOP an iteration${options.config.student.steps > 1 ? ' at the first step' : ''}, matmul ${choice.matmul}`,
  );
  mkdirSync(out, { recursive: true });
  const rows: Rows = [
    {
      label: `teacher, ${REFERENCE_STEPS} steps with guidance ${REFERENCE_GUIDANCE}`,
      images: await session.draw('teacherGuided'),
    },
    {
      label: `student before training (the teacher in steps: ${options.config.student.steps})`,
      images: await session.draw('student'),
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
    while (session.trainer.iteration < iterations && !interrupt.signal.aborted) {
      const figures = await Promise.race([session.iterate(), lost]);
      metrics.push(figures);
      bar.update(figures.iteration, { variance: figures.imageVariance.toFixed(3) });
      if (snapshots.includes(figures.iteration)) {
        const images = await session.draw('student');
        rows.push({ label: `student after ${figures.iteration} iterations`, images });
        saveResults(options, rows, metrics, session.gridShape);
        await saveStudents(options, session);
      }
    }
  } finally {
    bar.stop();
    saveResults(options, rows, metrics, session.gridShape);
  }
  await saveStudents(options, session);
  session.destroy();
  console.log(`${interrupt.signal.aborted ? 'Interrupted; saved' : 'Saved'} to ${out}`);
};

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new UsageError(
      `--config ${file}: ${error instanceof Error ? error.message : 'unreadable'}`,
    );
  }
};

const main = async (): Promise<void> => {
  const options = parseDistillOptions(process.argv.slice(2), readJson);
  if (!options) {
    console.log(DISTILL_USAGE);
    return;
  }
  const gpu = await Gpu.request(dawnGpu());
  console.log(`adapter: ${gpu.info.name}${gpu.info.software ? ' (software)' : ''}`);
  await train(options, gpu);
  gpu.destroy();
};

process.exitCode = await runCommand(main);
