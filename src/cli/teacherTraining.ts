import { join } from 'node:path';
import type { Gpu } from '../gpu/gpu';
import { Engine } from '../graph/engine';
import type { KernelChoice } from '../graph/kernel';
import { contactSheet } from '../interchange/contactSheet';
import { formatCsv } from '../interchange/csv';
import { encodePng } from '../interchange/png';
import type { TeacherFile } from '../lab/teacher';
import type { DitConfig } from '../models/dit/config';
import { TeacherEasel } from '../training/easel';
import type { TeacherFigures } from '../training/figures';
import { LEVELS, type LossRow } from '../training/lossLog';
import type { TeacherRecipe } from '../training/recipe';
import { openImages, type ImageTask } from '../tasks/task';
import { teacherFile } from '../training/teacherFile';
import { TeacherRun } from '../training/teacherRun';
import { codeVersion } from './codeVersion';
import { fileCheckpointStore } from './fileCheckpointStore';
import { writeWhole } from './files';
import { progressBar, say } from './progress';
import { readAsset } from './assets';
import { teacherCard } from './teacherCard';
import type { TrainOptions } from './teacherOptions';

/** A teacher that was trained to its end. */
export interface TrainedTeacher {
  readonly config: DitConfig;
  readonly flat: Float32Array<ArrayBuffer>;
  readonly recipe: TeacherRecipe;
  readonly figures: TeacherFigures | null;
  readonly adapter: string;
}

/** What training runs on. */
export interface TrainingContext {
  readonly gpu: Gpu;
  readonly choice: KernelChoice;
  readonly from: TeacherFile | null;
  readonly stop: AbortSignal;
}

const CHECKPOINT = 'checkpoint';

/** Times at which samples are drawn, spread over the steps; pictures of each; their guidance. */
const DRAWINGS = 10;
const PICTURES = 16;
const GUIDANCES = [1, 3] as const;

/** Losses by noise level, a row each few steps: columns by the time in the middle of a bin. */
const lossesCsv = (rows: readonly LossRow[]): string => {
  const columns = Array.from(
    { length: LEVELS },
    (_, level) => `t=${((level + 0.5) / LEVELS).toFixed(2)}`,
  );
  return formatCsv(
    rows.map(({ step, loss, levels }) => ({
      step,
      loss,
      ...Object.fromEntries(columns.map((column, level) => [column, levels[level] ?? null])),
    })),
    ['step', 'loss', ...columns],
  );
};

/** Writes a contact sheet of the run's samples as they are: a row for each guidance scale. */
const writeSamples = async (run: TeacherRun, easel: TeacherEasel, out: string): Promise<void> => {
  const [, , height, width] = easel.shape;
  const drawn = [];
  for (const guidance of GUIDANCES) drawn.push(await easel.draw(run.trainer.average, guidance));
  const values = drawn.map((images) => images.length).reduce((sum, length) => sum + length, 0);
  const images = new Float32Array(values);
  drawn.forEach((row, place) => {
    images.set(row, place * (values / drawn.length));
  });
  const sheet = contactSheet(images, { columns: PICTURES, height, width });
  const name = `samples-${String(run.step).padStart(6, '0')}.png`;
  writeWhole(join(out, name), encodePng(sheet));
};

/** Steps of the drawings, the last one included. */
const milestones = (steps: number): number[] => [
  ...new Set(
    Array.from({ length: DRAWINGS }, (_, index) => Math.ceil((steps * (index + 1)) / DRAWINGS)),
  ),
];

/** Trains to the recipe's end, saving and drawing as it goes; null when it was stopped. */
export const trainTeacher = async (
  { task, recipe, out, saveEvery }: TrainOptions,
  { gpu, choice, from, stop }: TrainingContext,
): Promise<TrainedTeacher | null> => {
  const engine = new Engine(gpu, choice);
  const run = await TeacherRun.open({
    ...{ engine, task, recipe, from },
    images: await openImages(task, readAsset),
    store: fileCheckpointStore(out),
    id: CHECKPOINT,
  });
  const { trainer } = run;
  const easel = new TeacherEasel(engine, task, trainer.network, PICTURES);
  const { dispatches, flops } = trainer.cost;
  console.log(`${dispatches} dispatches and ${(flops / 1e9).toFixed(1)} GFLOP a step`);
  if (run.step > 0) console.log(`going on from step ${run.step}`);
  writeWhole(
    join(out, 'samples.txt'),
    `rows: guidance ${GUIDANCES.join(', ')}; columns:\n${easel.prompts.map(task.toWords).join('\n')}\n`,
  );

  const bar = progressBar();
  bar.start(recipe.steps, run.step, { detail: '' });
  try {
    for (const until of milestones(recipe.steps)) {
      if (stop.aborted || run.step >= until) continue;
      await run.train({
        until,
        stop,
        saveEvery,
        onStep: ({ step, loss }) => bar.update(step, { detail: `loss ${loss.toFixed(4)}` }),
        onSave: () => {
          writeWhole(join(out, 'losses.csv'), lossesCsv(run.rows));
        },
        onFull: ({ message }) => {
          say(`${message} The last checkpoint is kept; training goes on.`);
        },
      });
      if (run.step >= until) await writeSamples(run, easel, out);
    }
  } finally {
    bar.stop();
  }
  const flat = await engine.memory.read(trainer.average.flat);
  await easel.destroy();
  engine.destroy();
  if (!run.isDone) return null;
  return { config: trainer.network, flat, recipe, figures: null, adapter: gpu.info.name };
};

/** Writes a teacher, its card and its figures. */
export const writeTeacher = (
  out: string,
  id: string,
  task: ImageTask,
  { config, flat, recipe, figures, adapter }: TrainedTeacher,
): void => {
  const about = { task, recipe, step: recipe.steps, figures, codeVersion: codeVersion(), adapter };
  writeWhole(join(out, `${id}.safetensors`), teacherFile(config, flat, about));
  writeWhole(join(out, `${id}.md`), teacherCard({ id, network: config, ...about }));
  if (figures) writeWhole(join(out, `${id}.figures.json`), `${JSON.stringify(figures, null, 2)}\n`);
};
