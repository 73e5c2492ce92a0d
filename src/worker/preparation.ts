import { readCheckpoint, type LabCheckpoint } from '../lab/checkpoint';
import type { CheckpointStore } from '../lab/checkpointStore';
import { readTeacher, TeacherError, type TeacherFile } from '../lab/teacher';
import { introduceOwnTask } from '../lab/own/source';
import { readClassifier } from '../lab/classifier';
import type { ClassifierFile } from '../tasks/classifierFile';
import { openTask, type OpenTask } from '../tasks/task';
import type { FileSource, Networks } from './protocol/commands';
import type { Stage } from './protocol/reports';

/** A kept run that is gone, or that cannot be read. */
export class KeptRunError extends Error {
  override readonly name = 'KeptRunError';
}

type FetchFile = (url: string) => Promise<ArrayBuffer>;
type OnProgress = (stage: Stage, done: number, total: number) => void;

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Fetches and checks a teacher. Throws TeacherError. */
const fetchTeacher = async ({ url }: FileSource, fetchFile: FetchFile): Promise<TeacherFile> => {
  let file: ArrayBuffer;
  try {
    file = await fetchFile(url);
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

/** The teacher's task, ready to draw. Throws TeacherError where it is not the page's, or not to be had. */
const fetchTask = async (
  { task: teacherTask }: TeacherFile,
  { task, assets }: Networks,
  fetchFile: FetchFile,
): Promise<OpenTask> => {
  if (teacherTask.id !== task) {
    throw new TeacherError(
      `This teacher is of the task “${teacherTask.title}”; choose that task, then this teacher.`,
    );
  }
  try {
    return await openTask(teacherTask, (path) => fetchFile(new URL(path, assets).href));
  } catch (error) {
    throw new TeacherError(
      `The pictures of “${teacherTask.title}” could not be loaded: ${reasonOf(error)}`,
      { cause: error },
    );
  }
};

/** Fetches what a run starts from; without a judge where it cannot be had, which `onNoJudge` is told. */
export const fetchMaterial = async (
  networks: Networks,
  fetchFile: FetchFile,
  onProgress: OnProgress,
  onNoJudge: (reason: string) => void,
): Promise<Material> => {
  onProgress('teacher', 0, 1);
  if (networks.own) introduceOwnTask(networks.own);
  const teacher = await fetchTeacher(networks.teacher, fetchFile);
  const task = await fetchTask(teacher, networks, fetchFile);
  if (networks.judge === null || task.classifier === null) {
    return { teacher, task, judge: null };
  }
  onProgress('judge', 0, 1);
  try {
    return { teacher, task, judge: readClassifier(task, await fetchFile(networks.judge.url)) };
  } catch (error) {
    onNoJudge(reasonOf(error));
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
