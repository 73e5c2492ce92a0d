import { ditTeacher, type DitTeacher } from '../distill/ditTeacher';
import type { Engine } from '../graph/engine';
import { variable } from '../graph/tensor';
import { parseSafetensors, SafetensorsError } from '../interchange/safetensors';
import { ditConfigFromMetadata, ModelConfigError, type DitConfig } from '../models/dit/config';
import { ditLayout } from '../models/dit/parameters';
import { CheckpointError, flattenParameters, ParameterSet } from '../models/parameters';
import { ATTRIBUTES, attributeRows, NULL_PROMPT } from '../tasks/avatars/attributes';

/** A file that is no teacher of the avatars; the message says what is wrong with it. */
export class TeacherError extends Error {
  override readonly name = 'TeacherError';
}

/** A teacher's file, checked and arranged for the GPU. */
export interface TeacherFile {
  readonly config: DitConfig;
  readonly flat: Float32Array<ArrayBuffer>;
  /** The bytes that it was read from. */
  readonly file: ArrayBuffer;
}

/** What records and checkpoints know their teacher by: SHA-256 of its file, in hexadecimal. */
export const teacherDigest = async ({ file }: TeacherFile): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', file));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** Attribute names with their numbers of values, as a teacher of the avatars must have them. */
const AVATAR_ATTRIBUTES = Object.fromEntries(
  ATTRIBUTES.map(({ name, values }) => [name, values.length]),
);

/** Reads a teacher from a safetensors file. Throws TeacherError. */
export const readTeacher = (file: ArrayBuffer): TeacherFile => {
  try {
    const { metadata, tensors } = parseSafetensors(file);
    const config = ditConfigFromMetadata(metadata, AVATAR_ATTRIBUTES);
    if (JSON.stringify(config.attributes) !== JSON.stringify(AVATAR_ATTRIBUTES)) {
      throw new TeacherError('This teacher knows other attributes than the avatars have.');
    }
    if (config.channels !== 3) {
      throw new TeacherError(`This teacher draws ${config.channels} channels; avatars have 3.`);
    }
    return { config, flat: flattenParameters(ditLayout(config), tensors), file };
  } catch (error) {
    const known =
      error instanceof SafetensorsError ||
      error instanceof ModelConfigError ||
      error instanceof CheckpointError;
    if (!known) throw error;
    throw new TeacherError(error.message, { cause: error });
  }
};

/** Puts a teacher on the GPU. */
export const uploadTeacher = (
  engine: Engine,
  { config, flat }: Pick<TeacherFile, 'config' | 'flat'>,
): DitTeacher => {
  const parameters = new ParameterSet('teacher', ditLayout(config));
  const nullRows = variable('null prompt', [1, NULL_PROMPT.length], 'i32');
  engine.memory.write(parameters.flat, flat);
  engine.memory.write(nullRows, Int32Array.from(attributeRows(NULL_PROMPT)));
  return ditTeacher(config, parameters, nullRows);
};
