import type { TrainingData } from '../distill/data';
import { Engine } from '../graph/engine';
import { imageShape } from '../models/dit/config';
import type { OpenTask } from '../tasks/task';
import { trainingData } from '../tasks/trainingData';
import type { Beginning } from './beginning';
import { LabCheckpointError } from './checkpoint';
import { Chronicle } from './chronicle';
import { Evaluator } from './evaluation';
import { Jury } from './jury';
import type { LabMaterial } from './labOptions';
import { checkImages } from './needsImages';
import { Roster } from './roster';
import { Rounds } from './rounds';
import { Studio } from './studio';
import { openTeacher, type LabTeacher } from './teacher';

/** What a lab is made of; its engine owns all memory. */
export interface Assembly {
  readonly engine: Engine;
  readonly task: OpenTask;
  readonly data: TrainingData;
  readonly teacher: LabTeacher;
  readonly roster: Roster;
  readonly rounds: Rounds;
  readonly evaluator: Evaluator;
  readonly studio: Studio;
  readonly chronicle: Chronicle;
}

const assembleOn = async (
  engine: Engine,
  material: LabMaterial,
  { heading, config, teacher: file, frozen, pictures }: Beginning,
): Promise<Assembly> => {
  const { gpu, judge, task, onProgress } = material;
  const teacher = await gpu.checked('the teacher', () => openTeacher(engine, file));
  const [, ...shape] = imageShape(teacher.config, 1);
  const jury = await Jury.create(engine, task, judge, shape);
  const { evaluation } = heading;
  const evaluator = new Evaluator(engine, task, teacher, jury, evaluation, pictures);
  const data = trainingData(task);
  const roster = new Roster(engine, teacher, data, config);
  const assembly: Assembly = {
    ...{ engine, task, data, teacher, roster, evaluator },
    rounds: new Rounds(evaluator, evaluation, material),
    studio: new Studio(engine, teacher, material),
    chronicle: new Chronicle(heading, file, roster, evaluator),
  };
  for (const [index, spec] of config.arms.entries()) {
    await roster.add(spec, frozen[index], (done, total) => {
      onProgress?.(index * total + done, config.arms.length * total);
    });
  }
  return assembly;
};

/**
 * Uploads the teacher and prepares all arms; nothing is left behind where that fails. Throws
 * ConfigError for arms that do not go with the task, GpuError when there is no memory for them,
 * LabCheckpointError when what was kept does not fit.
 */
export const assemble = async (material: LabMaterial, beginning: Beginning): Promise<Assembly> => {
  for (const arm of beginning.config.arms) checkImages(material.task, arm.config);
  const engine = new Engine(material.gpu, material.choice);
  try {
    return await assembleOn(engine, material, beginning);
  } catch (error) {
    engine.destroy();
    if (beginning.frozen.length === 0 || !(error instanceof RangeError)) throw error;
    throw new LabCheckpointError(`This checkpoint does not fit. ${error.message}`, {
      cause: error,
    });
  }
};
