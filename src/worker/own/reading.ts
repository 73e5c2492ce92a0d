import { filesOfArchive } from '../../lab/own/archive';
import {
  collectPictures,
  type Collected,
  type DecodeImage,
  type OwnFile,
} from '../../lab/own/collect';
import { readTeacher, TeacherError, type TeacherFile } from '../../lab/teacher';
import { memoryOfDistillation, TEACHER_LIMITS } from '../../lab/teacherLimits';
import { ditLayout } from '../../models/dit/parameters';
import { OwnTaskError, type OwnDefinition } from '../../tasks/own/definition';
import { ownDefinitionOf } from '../../tasks/own/fromTeacher';
import { findTask } from '../../tasks/registry';
import { parseSafetensors } from '../../interchange/safetensors';
import type { PathFile, PicturesSummary, TeacherSummary } from './protocol';

/** Pictures of a preview, and refused files that are named. */
const PREVIEW = 32;
const NAMED = 50;

const bytesOf = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.arrayBuffer());

/** A visitor's teacher, checked. */
export interface ReadTeacher {
  readonly teacher: TeacherFile;
  readonly summary: TeacherSummary;
}

/** Its task as data; null where it is known already. */
const definitionOf = ({ task, config, file }: TeacherFile): OwnDefinition | null => {
  if (findTask(task.id)) return null;
  const { metadata } = parseSafetensors(file);
  return ownDefinitionOf({ counts: config.attributes, size: config.height, metadata });
};

/** Reads a teacher's file. Throws TeacherError. */
export const readTeacherFile = async (file: Blob): Promise<ReadTeacher> => {
  if (file.size > TEACHER_LIMITS.bytes) {
    throw new TeacherError(
      `This file has ${file.size} bytes; a teacher has at most ${TEACHER_LIMITS.bytes}.`,
    );
  }
  const teacher = readTeacher(await file.arrayBuffer());
  const { task, config } = teacher;
  const { width, depth, heads, patch } = config;
  const summary = {
    ...{ task: task.id, title: task.title, definition: definitionOf(teacher), size: task.size },
    ...{ width, depth, heads, patch },
    parameters: ditLayout(config).count,
    memory: memoryOfDistillation(config),
    attributes: task.prompts.attributes.map(({ title, values }) => ({
      title,
      values: values.map(({ name }) => name),
    })),
  };
  return { teacher, summary };
};

/** The files that a visitor brought; of a single archive, those in it. Throws OwnTaskError. */
const filesOf = async (brought: readonly PathFile[]): Promise<OwnFile[]> => {
  const archives = brought.filter(({ path }) => /\.zip$/i.test(path));
  const [archive] = archives;
  if (!archive) {
    return brought.map(({ path, file }) => ({
      path,
      bytes: file.size,
      read: () => bytesOf(file),
    }));
  }
  if (brought.length > 1) {
    throw new OwnTaskError('Bring one zip archive alone, or pictures that are in none.');
  }
  return filesOfArchive(await bytesOf(archive.file));
};

/** Makes pictures of files. Throws OwnTaskError. */
export const readPictureFiles = async (
  brought: readonly PathFile[],
  { size, title }: { readonly size: number; readonly title: string },
  decode: DecodeImage,
  onProgress: (done: number, total: number) => void,
): Promise<Collected> =>
  collectPictures({ files: await filesOf(brought), size, title, decode, onProgress });

/** What the page shows of pictures. */
export const summarisePictures = (collected: Collected): PicturesSummary => {
  const { definition, refused, pixels } = collected;
  const values = 3 * definition.size ** 2;
  const count = pixels.length / values;
  const shown = Math.min(PREVIEW, count);
  const preview = new Float32Array(shown * values);
  for (let place = 0; place < shown; place++) {
    const from = Math.floor((place * count) / shown) * values;
    preview.set(
      Array.from(pixels.subarray(from, from + values), (byte) => byte / 127.5 - 1),
      place * values,
    );
  }
  return { definition, preview, refused: refused.slice(0, NAMED), refusedCount: refused.length };
};
