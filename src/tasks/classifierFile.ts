import { z } from 'zod';
import {
  classifierConfigSchema,
  classifierLayout,
  type ClassifierConfig,
} from '../models/classifier';
import { CheckpointError, flattenParameters, type NamedTensors } from '../models/parameters';
import type { ImageTask } from './task';
import { valuesOf } from './trainingData';

/** A file that is no classifier of its task; the message says what to do about it. */
export class ClassifierError extends Error {
  override readonly name = 'ClassifierError';
}

/** A classifier's file, checked and arranged for the GPU. */
export interface ClassifierFile {
  readonly config: ClassifierConfig;
  /** Parameters in the order of `classifierLayout(config)`. */
  readonly flat: Float32Array<ArrayBuffer>;
  /** Share of right answers on real images that it was not trained on: the judge's own ceiling. */
  readonly accuracy: Readonly<Record<string, number>>;
}

const HIDDEN = 256;
const FEATURES = 64;

/** Sizes of the classifier that we train for a task. */
export const classifierConfigOf = (task: ImageTask): ClassifierConfig => ({
  values: valuesOf(task),
  hidden: HIDDEN,
  features: FEATURES,
  classes: Object.fromEntries(task.judged.map(({ attribute, classes }) => [attribute, classes])),
});

/** Classes of all values, by attribute: as text, what a file must have been trained for. */
const mergesText = ({ judged, prompts }: ImageTask): string =>
  JSON.stringify(
    Object.fromEntries(
      judged.map(({ attribute, classOf }) => [
        attribute,
        prompts.attributes[prompts.indexOf(attribute)]?.values.map((_, id) => classOf(id)),
      ]),
    ),
  );

/** Metadata of a classifier's file; `parseClassifier` reads it back. */
export const classifierMetadata = (
  task: ImageTask,
  { config, accuracy }: Pick<ClassifierFile, 'config' | 'accuracy'>,
): Record<string, string> => ({
  kind: 'attribute classifier',
  task: task.id,
  config: JSON.stringify(config),
  classOfValue: mergesText(task),
  accuracy: JSON.stringify(accuracy),
});

const share = z.number().min(0).max(1);

/** Refuses a file in words. */
type Refuse = (reason: string, cause?: unknown) => never;

const refusing =
  ({ id, title }: ImageTask): Refuse =>
  (reason, cause) => {
    throw new ClassifierError(
      `This file is no classifier of “${title}”: ${reason}. Use the one that comes with this version, or train one: npm run classifier -- ${id}.`,
      {
        cause,
      },
    );
  };

const field = <T>(
  refuse: Refuse,
  metadata: Readonly<Record<string, string>>,
  name: string,
  schema: z.ZodType<T>,
): T => {
  const text = metadata[name];
  if (text === undefined) return refuse(`its metadata lacks ${name}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refuse(`${name} of its metadata is not JSON`, error);
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? parsed.data : refuse(`${name}: ${z.prettifyError(parsed.error)}`);
};

/**
 * Checks the contents of a classifier's file: sizes, tensors, and that it was trained for the values
 * and merges of the task as it is now. Throws ClassifierError.
 */
export const parseClassifier = (
  task: ImageTask,
  {
    metadata,
    tensors,
  }: {
    readonly metadata: Readonly<Record<string, string>>;
    readonly tensors: NamedTensors;
  },
): ClassifierFile => {
  const refuse = refusing(task);
  const config = field(refuse, metadata, 'config', classifierConfigSchema);
  if (config.values !== valuesOf(task)) {
    refuse(`it reads images of ${config.values} values, this task has ${valuesOf(task)}`);
  }
  const classesOf = ({ classes }: ClassifierConfig) => JSON.stringify(classes);
  if (
    classesOf(config) !== classesOf(classifierConfigOf(task)) ||
    metadata['classOfValue'] !== mergesText(task)
  ) {
    refuse('it knows other attributes or values, or merges others');
  }
  const names = task.judged.map(({ attribute }) => attribute);
  const accuracy = field(refuse, metadata, 'accuracy', z.record(z.enum(names), share));
  try {
    return { config, flat: flattenParameters(classifierLayout(config), tensors), accuracy };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return refuse(error.message.replace(/\.$/, ''), error);
  }
};
