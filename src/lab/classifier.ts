import { parseSafetensors, SafetensorsError } from '../interchange/safetensors';
import { ClassifierError, parseClassifier, type ClassifierFile } from '../tasks/avatars/classifier';

/** Reads an attribute classifier from a safetensors file, wherever it comes from. Throws ClassifierError. */
export const readClassifier = (file: ArrayBuffer): ClassifierFile => {
  try {
    return parseClassifier(parseSafetensors(file));
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    throw new ClassifierError(
      `The classifier cannot be read. ${error.message} Get it again, or train one: npm run classifier.`,
      { cause: error },
    );
  }
};
