import { readCheckpoint, type LabCheckpoint } from '../lab/checkpoint';
import type { CheckpointStore } from '../lab/checkpointStore';
import { readTeacher, TeacherError, type TeacherFile } from '../lab/teacher';
import { readClassifier } from '../lab/classifier';
import type { ClassifierFile } from '../tasks/avatars/classifier';
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

/** The networks' files; without a judge where it cannot be had, which `onNoJudge` is told. */
export const fetchNetworks = async (
  { teacher, judge }: Networks,
  fetchFile: FetchFile,
  onProgress: OnProgress,
  onNoJudge: (reason: string) => void,
): Promise<{ readonly teacher: TeacherFile; readonly judge: ClassifierFile | null }> => {
  onProgress('teacher', 0, 1);
  const teacherFile = await fetchTeacher(teacher, fetchFile);
  if (judge === null) return { teacher: teacherFile, judge: null };
  onProgress('judge', 0, 1);
  try {
    return { teacher: teacherFile, judge: readClassifier(await fetchFile(judge.url)) };
  } catch (error) {
    onNoJudge(reasonOf(error));
    return { teacher: teacherFile, judge: null };
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
