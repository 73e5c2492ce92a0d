import { basename, join } from 'node:path';
import type { Gpu } from '../gpu/gpu';
import { Engine } from '../graph/engine';
import { chooseKernels } from '../graph/tune';
import { parseSafetensors } from '../interchange/safetensors';
import { sha256 } from '../interchange/sha256';
import { readClassifier } from '../lab/classifier';
import { readTeacher, teacherDigest, uploadTeacher, type TeacherFile } from '../lab/teacher';
import { Judge } from '../metrics/judge';
import { compareTeachers } from '../training/compare';
import {
  FIGURES_SEED,
  measureTeacher,
  teacherFiguresSchema,
  type TeacherFigures,
} from '../training/figures';
import { openGpu } from './adapter';
import { UsageError } from './arguments';
import { runCommand } from './command';
import { readJsonFile, readWhole, writeWhole } from './files';
import { INTERRUPTED, interruption } from './interruption';
import { progressBar } from './progress';
import { readAsset } from './assets';
import { figuresTable } from './teacherCard';
import {
  parseTeacherCommand,
  TEACHER_USAGE,
  type FigureOptions,
  type TrainOptions,
} from './teacherOptions';
import { trainTeacher, writeTeacher } from './teacherTraining';
import { fileTuningStore } from './tuningStore';
import { openImages, type ImageTask } from '../tasks/task';

/** Measures a teacher; null when it was interrupted. */
const measure = async (
  gpu: Gpu,
  teacherFile: Pick<TeacherFile, 'config' | 'flat'>,
  task: ImageTask,
  { samples, classifier, eulerSteps, guidances }: FigureOptions,
  stop: AbortSignal,
): Promise<TeacherFigures | null> => {
  const bytes = readWhole(classifier);
  const images = await openImages(task, readAsset);
  const engine = new Engine(gpu, await chooseKernels(gpu, fileTuningStore()));
  const judge = await Judge.create(engine, readClassifier(task, bytes.buffer));
  const bar = progressBar();
  bar.start(eulerSteps.length * guidances.length, 0, { detail: 'measuring' });
  try {
    const figures = await measureTeacher(
      {
        engine,
        task,
        judge,
        classifier: await sha256(bytes),
        real: images.draw(FIGURES_SEED, samples, 'heldOut'),
      },
      uploadTeacher(engine, teacherFile),
      {
        ...{ samples, eulerSteps, guidances, stop, seed: FIGURES_SEED },
        onProgress: (done) => bar.update(done),
      },
    );
    return stop.aborted ? null : figures;
  } finally {
    bar.stop();
    engine.destroy();
  }
};

const train = async (options: TrainOptions, stop: AbortSignal): Promise<void> => {
  const from = options.from === null ? null : readTeacher(readWhole(options.from).buffer);
  const recipe = { ...options.recipe, from: from && (await teacherDigest(from)) };
  const gpu = await openGpu();
  const choice = await chooseKernels(gpu, fileTuningStore());
  const { out, id, task, samples } = options;
  const trained = await trainTeacher({ ...options, recipe }, { gpu, choice, from, stop });
  if (trained) {
    writeTeacher(out, id, task, trained);
    const figures = samples > 0 ? await measure(gpu, trained, task, options, stop) : null;
    if (figures) {
      writeTeacher(out, id, task, { ...trained, figures });
      console.log(figuresTable(figures));
    }
  }
  gpu.destroy();
  if (stop.aborted) {
    console.log(`Stopped; saved to ${out}. The same command goes on from there.`);
    process.exitCode = INTERRUPTED;
  } else {
    console.log(`Saved to ${join(out, `${id}.safetensors`)}`);
  }
};

const figuresFile = (path: string): TeacherFigures => {
  const parsed = teacherFiguresSchema.safeParse(readJsonFile('the figures', path));
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `${path} holds no figures of a teacher; npm run teacher -- measure makes them.`,
  );
};

const main = async (): Promise<void> => {
  const command = parseTeacherCommand(
    process.argv.slice(2),
    (file) => parseSafetensors(readWhole(file)).metadata['task'],
  );
  switch (command.kind) {
    case 'help':
      console.log(TEACHER_USAGE);
      return;
    case 'compare': {
      const verdict = compareTeachers(figuresFile(command.ours), figuresFile(command.theirs));
      console.log(verdict.lines.join('\n'));
      console.log(
        verdict.isAtLeastAsGood
          ? 'The first is at least as good by both metrics.'
          : 'The first is not at least as good by both metrics: keep the second.',
      );
      return;
    }
    case 'measure': {
      const { file, task, out } = command.options;
      const teacher = readTeacher(readWhole(file).buffer);
      const stop = interruption();
      const gpu = await openGpu();
      const figures = await measure(gpu, teacher, task, command.options, stop);
      gpu.destroy();
      if (!figures) {
        process.exitCode = INTERRUPTED;
        return;
      }
      const path = join(out, `${basename(file, '.safetensors')}.figures.json`);
      writeWhole(path, `${JSON.stringify(figures, null, 2)}\n`);
      console.log(`${figuresTable(figures)}\nSaved to ${path}`);
      return;
    }
    case 'train':
      await train(command.options, interruption());
  }
};

const code = await runCommand(main);
if (code !== 0) process.exitCode = code;
