import type { FrozenArm } from './arm';
import { LabCheckpointError, type LabCheckpoint } from './checkpoint';
import type { LabConfig } from './config';
import { headingOf, newHeading, type Heading } from './heading';
import type { LabMaterial, LabOptions } from './labOptions';
import type { RunRecord } from './record';
import { teacherDigest, type TeacherFile } from './teacher';

/** Where a lab begins: anew, or where a checkpoint was taken. */
export interface Beginning {
  readonly heading: Heading;
  readonly config: LabConfig;
  readonly teacher: TeacherFile;
  /** In the order of the configuration's arms; none of a new lab. */
  readonly frozen: readonly FrozenArm[];
  /** Contact sheets of what arms are compared with, as far as they are drawn. */
  readonly pictures: RunRecord['references'];
}

/** The beginning of a new lab. */
export const newBeginning = async (options: LabOptions): Promise<Beginning> => ({
  heading: await newHeading(options),
  config: options.config,
  teacher: options.teacher,
  frozen: [],
  pictures: [],
});

/** Throws LabCheckpointError for a teacher that the run was not begun with. */
const checkTeacher = async (
  teacher: TeacherFile,
  { id, sha256, foreign }: RunRecord['teacher'],
): Promise<void> => {
  if ((await teacherDigest(teacher)) !== sha256) {
    throw new LabCheckpointError(
      `This run was begun with another teacher (${id}); load that one to go on.`,
    );
  }
  if (JSON.stringify(teacher.foreign?.spec) !== JSON.stringify(foreign?.spec)) {
    throw new LabCheckpointError(
      `This run was begun with another description of its teacher (${id}); describe it as then to go on.`,
    );
  }
};

/** Where a checkpoint was taken. Throws LabCheckpointError when it was taken with another teacher. */
export const keptBeginning = async (
  { teacher, gpu }: LabMaterial,
  { record, states, start }: LabCheckpoint,
): Promise<Beginning> => {
  await checkTeacher(teacher, record.teacher);
  const frozen = record.arms.map((arm, index): FrozenArm => {
    const state = states[index];
    if (!state) throw new LabCheckpointError(`The checkpoint has no state of ${arm.name}.`);
    return { record: arm, state };
  });
  return {
    heading: headingOf(record, gpu.info.name),
    config: record.config,
    teacher: { ...teacher, ...(start && { flat: start }) },
    frozen,
    pictures: record.references,
  };
};
