import { readCheckpoint, type LabCheckpoint } from '../lab/checkpoint';
import type { CheckpointStore } from '../lab/checkpointStore';
import { readTeacher, TeacherError, type TeacherFile } from '../lab/teacher';
import { introduceOwnTask } from '../lab/own/source';
import type { ClassifierFile } from '../tasks/classifierFile';
import type { OnBytes } from '../interchange/fetchBytes';
import { findTask } from '../tasks/registry';
import { openTask, type ImageTask, type OpenTask } from '../tasks/task';
import { fetchJudge } from './judge';
import type { ForeignTeacherOrder } from './protocol/foreign';
import type { FileSource, Networks } from './protocol/commands';
import type { Stage } from './protocol/reports';
import { reasonOf } from '../interchange/reason';

/** A kept run that is gone, or that cannot be read. */
export class KeptRunError extends Error {
  override readonly name = 'KeptRunError';
}

/** Gets a file; `onBytes` hears how much of it is there. */
export type FetchFile = (url: string, onBytes?: OnBytes) => Promise<ArrayBuffer>;
type OnProgress = (stage: Stage, done: number, total: number) => void;

/** Fetches and checks a teacher. Throws TeacherError. */
const fetchTeacher = async (
  { url }: FileSource,
  fetchFile: FetchFile,
  onBytes: OnBytes,
): Promise<TeacherFile> => {
  let file: ArrayBuffer;
  try {
    file = await fetchFile(url, onBytes);
  } catch (error) {
    throw new TeacherError(`The teacher could not be loaded: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  return readTeacher(file);
};

/** What a run starts from: a teacher, its task, and who judges pictures, where that can be had. */
export interface Material {
  readonly teacher: TeacherFile;
  readonly task: OpenTask;
  readonly judge: ClassifierFile | null;
}

/** A task ready to draw. Throws TeacherError where its pictures are not to be had. */
const open = async (task: ImageTask, assets: string, fetchFile: FetchFile): Promise<OpenTask> => {
  try {
    return await openTask(task, (path) => fetchFile(new URL(path, assets).href));
  } catch (error) {
    throw new TeacherError(
      `The pictures of “${task.title}” could not be loaded: ${reasonOf(error)}`,
      { cause: error },
    );
  }
};

/** The task of that id, ready to draw. Throws TeacherError where there is none, or no pictures of it. */
export const fetchTask = async (
  { task: id, own, assets }: Pick<Networks, 'task' | 'own' | 'assets'>,
  fetchFile: FetchFile,
): Promise<OpenTask> => {
  if (own) introduceOwnTask(own);
  const task = findTask(id);
  if (!task) throw new TeacherError(`There is no task “${id}” here; choose another.`);
  return open(task, assets, fetchFile);
};

/** A teacher of ours and its task. Throws TeacherError also where that is not the page's. */
const fetchTeacherAndTask = async (
  source: FileSource,
  { task, own, assets }: Networks,
  { fetchFile, onBytes }: Pick<Fetching, 'fetchFile' | 'onBytes'>,
): Promise<Pick<Material, 'teacher' | 'task'>> => {
  if (own) introduceOwnTask(own);
  const teacher = await fetchTeacher(source, fetchFile, onBytes('teacher'));
  if (teacher.task.id !== task) {
    throw new TeacherError(
      `This teacher is of the task “${teacher.task.title}”; choose that task, then this teacher.`,
    );
  }
  return { teacher, task: await open(teacher.task, assets, fetchFile) };
};

/** What fetching is done with, and who hears of it. */
export interface Fetching {
  readonly fetchFile: FetchFile;
  /** Opens a teacher that was made elsewhere. */
  readonly openForeign: (order: ForeignTeacherOrder, task: OpenTask) => Promise<TeacherFile>;
  readonly onProgress: OnProgress;
  /** Who hears of the bytes of a file that comes in. */
  readonly onBytes: (stage: Stage) => OnBytes;
  readonly onNoJudge: (error: unknown) => void;
}

/** Fetches what a run starts from; without a judge where it cannot be had, which `onNoJudge` is told. */
export const fetchMaterial = async (
  networks: Networks,
  { fetchFile, openForeign, onProgress, onBytes, onNoJudge }: Fetching,
): Promise<Material> => {
  onProgress('teacher', 0, 1);
  const { teacher: source } = networks;
  const foreign = async (
    order: ForeignTeacherOrder,
  ): Promise<Pick<Material, 'teacher' | 'task'>> => {
    const task = await fetchTask(networks, fetchFile);
    return { teacher: await openForeign(order, task), task };
  };
  const { teacher, task } =
    'onnx' in source
      ? await foreign(source)
      : await fetchTeacherAndTask(source, networks, { fetchFile, onBytes });
  if (networks.judge === null || task.classifier === null) {
    return { teacher, task, judge: null };
  }
  onProgress('judge', 0, 1);
  try {
    const { url } = networks.judge;
    const { classifier } = await fetchJudge(task, url, fetchFile, onBytes('judge'));
    return { teacher, task, judge: classifier };
  } catch (error) {
    onNoJudge(error);
    return { teacher, task, judge: null };
  }
};

/** A kept run. Throws KeptRunError when it is gone or broken. */
export const fetchCheckpoint = async (
  store: CheckpointStore,
  id: string,
): Promise<LabCheckpoint> => {
  const bytes = await store.load(id);
  if (bytes === null) throw new KeptRunError('The run that was kept is gone.');
  try {
    return readCheckpoint(bytes);
  } catch (error) {
    throw new KeptRunError(`The run that was kept cannot be read: ${reasonOf(error)}`, {
      cause: error,
    });
  }
};
