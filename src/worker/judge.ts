import type { OnBytes } from '../interchange/fetchBytes';
import { reasonOf } from '../interchange/reason';
import { readClassifier } from '../lab/classifier';
import { ClassifierError, type ClassifierFile } from '../tasks/classifierFile';
import type { ImageTask } from '../tasks/task';
import type { FetchFile } from './preparation';
import type { Explanation } from './protocol/reports';

/** A classifier, and the file that it came in. */
export interface FetchedJudge {
  readonly file: ArrayBuffer;
  readonly classifier: ClassifierFile;
}

/** Fetches the classifier that judges a task's pictures. Rejects where it cannot be had or read. */
export const fetchJudge = async (
  task: ImageTask,
  url: string,
  fetchFile: FetchFile,
  onBytes?: OnBytes,
): Promise<FetchedJudge> => {
  const file = await fetchFile(url, onBytes);
  return { file, classifier: readClassifier(task, file) };
};

/** Why there is no classifier, and what to do. */
export const explainNoJudge = (error: unknown, advice: string): Explanation => ({
  message:
    error instanceof ClassifierError
      ? error.message
      : `The classifier that judges pictures could not be had: ${reasonOf(error)}.`,
  advice,
});
