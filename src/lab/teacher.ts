import { ditTeacher, type DitTeacher } from '../distill/ditTeacher';
import type { Teacher } from '../distill/networks';
import type { Engine } from '../graph/engine';
import { variable } from '../graph/tensor';
import { parseSafetensors, SafetensorsError } from '../interchange/safetensors';
import { sha256 } from '../interchange/sha256';
import { ditConfigFromMetadata, ModelConfigError, type DitConfig } from '../models/dit/config';
import { ditLayout } from '../models/dit/parameters';
import { CheckpointError, flattenParameters, ParameterSet } from '../models/parameters';
import { OwnTaskError } from '../tasks/own/definition';
import { ownDefinitionOf } from '../tasks/own/fromTeacher';
import { ownTask } from '../tasks/own/task';
import { DEFAULT_TASK, findTask } from '../tasks/registry';
import type { ImageTask } from '../tasks/task';
import { beyondLimits, TEACHER_LIMITS } from './teacherLimits';
import { ForeignNetwork } from './foreign/network';
import type { ForeignSource } from './foreign/source';

/** A file that is no teacher, or one that cannot be used; the message says what is wrong with it. */
export class TeacherError extends Error {
  override readonly name = 'TeacherError';
}

/** A teacher's file, checked and arranged for the GPU. */
export interface TeacherFile {
  /** What it draws. */
  readonly task: ImageTask;
  readonly config: DitConfig;
  readonly flat: Float32Array<ArrayBuffer>;
  /** The bytes that it was read from. */
  readonly file: ArrayBuffer;
  /**
   * Where the teacher was made elsewhere: how it is asked. Then `file` is its own, and sizes and weights
   * are those that students begin with.
   */
  readonly foreign?: ForeignSource;
}

/** A teacher of images on the GPU, and the sizes of its students. */
export interface LabTeacher extends Teacher {
  readonly config: DitConfig;
}

/** What records and checkpoints know their teacher by: SHA-256 of its file, in hexadecimal. */
export const teacherDigest = ({ file }: TeacherFile): Promise<string> => sha256(file);

/** Whether a network draws what a task has, for the prompts that it has. */
const draws = ({ channels, height, imageWidth, attributes }: DitConfig, task: ImageTask): boolean =>
  [channels, height, imageWidth].join() === [3, task.size, task.size].join() &&
  JSON.stringify(attributes) === JSON.stringify(task.prompts.valueCounts);

/**
 * Reads a teacher from a safetensors file. Its task is the one that it names (files of the first
 * version name none), where that is known here and has its attributes and size; else one of its own,
 * made after what the file says of itself. Throws TeacherError.
 */
export const readTeacher = (file: ArrayBuffer): TeacherFile => {
  if (file.byteLength > TEACHER_LIMITS.bytes) {
    throw new TeacherError(
      `This file has ${file.byteLength} bytes; a teacher has at most ${TEACHER_LIMITS.bytes}.`,
    );
  }
  try {
    const { metadata, tensors } = parseSafetensors(file);
    const named = findTask(metadata['task'] ?? DEFAULT_TASK.id);
    const config = ditConfigFromMetadata(metadata, named?.prompts.valueCounts);
    const reasons = beyondLimits(config);
    if (reasons.length > 0) {
      throw new TeacherError(`This teacher cannot be used: it has ${reasons.join('; ')}.`);
    }
    const task =
      named && draws(config, named)
        ? named
        : ownTask(ownDefinitionOf({ counts: config.attributes, size: config.height, metadata }));
    return { task, config, flat: flattenParameters(ditLayout(config), tensors), file };
  } catch (error) {
    const known =
      error instanceof SafetensorsError ||
      error instanceof ModelConfigError ||
      error instanceof OwnTaskError ||
      error instanceof CheckpointError;
    if (!known) throw error;
    throw new TeacherError(error.message, { cause: error });
  }
};

/** Rows of "any" of every attribute: each table's last. */
export const nullRowsOf = ({ attributes }: DitConfig): Int32Array<ArrayBuffer> => {
  let rows = 0;
  return Int32Array.from(Object.values(attributes), (values) => (rows += values + 1) - 1);
};

/** Puts a teacher on the GPU; of one made elsewhere, what students begin with. */
export const openTeacher = (engine: Engine, teacher: TeacherFile): LabTeacher => {
  const uploaded = uploadTeacher(engine, teacher);
  if (!teacher.foreign) return uploaded;
  const { session, spec } = teacher.foreign;
  return { ...uploaded, velocity: new ForeignNetwork(engine, session, spec, teacher.task) };
};

/** Puts a DiT on the GPU as a teacher. */
export const uploadTeacher = (
  engine: Engine,
  { config, flat }: Pick<TeacherFile, 'config' | 'flat'>,
): DitTeacher => {
  const parameters = new ParameterSet('teacher', ditLayout(config));
  const rows = nullRowsOf(config);
  const nullRows = variable('null prompt', [1, rows.length], 'i32');
  engine.memory.write(parameters.flat, flat);
  engine.memory.write(nullRows, rows);
  return ditTeacher(config, parameters, nullRows);
};
