import { parseSafetensors, SafetensorsError } from '../interchange/safetensors';
import { ClassifierError, parseClassifier, type ClassifierFile } from '../tasks/classifierFile';
import type { ImageTask } from '../tasks/task';

/** Reads a task's attribute classifier from a safetensors file. Throws ClassifierError. */
export const readClassifier = (task: ImageTask, file: ArrayBuffer): ClassifierFile => {
  try {
    return parseClassifier(task, parseSafetensors(file));
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    throw new ClassifierError(
      `The classifier cannot be read. ${error.message} Get it again, or train one: npm run classifier -- ${task.id}.`,
      { cause: error },
    );
  }
};
