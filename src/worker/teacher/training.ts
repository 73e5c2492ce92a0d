import type { Engine } from '../../graph/engine';
import { sha256 } from '../../interchange/sha256';
import { readClassifier } from '../../lab/classifier';
import { uploadTeacher } from '../../lab/teacher';
import { CODE_VERSION } from '../../lab/version';
import { Judge } from '../../metrics/judge';
import type { TaskImages } from '../../tasks/task';
import { FIGURES_SEED, measureTeacher, type TeacherFigures } from '../../training/figures';
import type { TeacherRecipe } from '../../training/recipe';
import type { ImageTask } from '../../tasks/task';
import { teacherFile } from '../../training/teacherFile';
import { SHOWN_GUIDANCES, type TrainingLoop } from './loop';

/** A training that is on, and what belongs to it. */
export interface Training {
  readonly engine: Engine;
  readonly task: ImageTask;
  readonly images: TaskImages;
  readonly recipe: TeacherRecipe;
  readonly loop: TrainingLoop;
  /** What was measured last, and at which step. */
  measured: { readonly step: number; readonly figures: TeacherFigures } | null;
}

/** Settings at which the page measures: those that two teachers are compared at. */
const MEASURED = { eulerSteps: [25], guidances: SHOWN_GUIDANCES, seed: FIGURES_SEED } as const;

const averageOf = ({ engine, loop }: Training): Promise<Float32Array<ArrayBuffer>> =>
  engine.memory.read(loop.run.trainer.average.flat);

/** Measures the teacher as it is by the classifier in `file`. */
export const measureTraining = async (
  training: Training,
  file: ArrayBuffer,
  samples: number,
  onProgress: (done: number, total: number) => void,
): Promise<TeacherFigures> => {
  const { engine, task, images, loop } = training;
  const flat = await averageOf(training);
  const teacher = uploadTeacher(engine, { config: loop.run.trainer.network, flat });
  const judge = await Judge.create(engine, readClassifier(task, file));
  try {
    const classifier = await sha256(file);
    const real = images.draw(MEASURED.seed, samples, 'heldOut');
    const request = { ...MEASURED, samples, onProgress };
    return await measureTeacher({ engine, task, real, judge, classifier }, teacher, request);
  } finally {
    judge.destroy();
    engine.memory.free([teacher.parameters.flat, teacher.nullRows]);
  }
};

/** The teacher as it is, as a file; with its figures where they are of this step. */
export const fileOf = async (training: Training): Promise<Uint8Array<ArrayBuffer>> => {
  const { engine, task, recipe, loop, measured } = training;
  const { step, trainer } = loop.run;
  return teacherFile(trainer.network, await averageOf(training), {
    ...{ task, recipe, step },
    figures: measured?.step === step ? measured.figures : null,
    codeVersion: CODE_VERSION,
    adapter: engine.gpu.info.name,
  });
};
