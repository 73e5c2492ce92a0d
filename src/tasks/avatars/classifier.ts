import { z } from 'zod';
import {
  classifierConfigSchema,
  classifierLayout,
  type ClassifierConfig,
} from '../../models/classifier';
import { CheckpointError, flattenParameters, type NamedTensors } from '../../models/parameters';
import { ATTRIBUTES, attributeIndex, type AttributeName, type Prompt } from './attributes';
import { AVATAR_VALUES } from './generator';

/** Where the page finds the classifier, relative to its own address. */
export const CLASSIFIER_URL = 'classifiers/avatars.safetensors';

/** One attribute as the classifier judges it. */
export interface JudgedAttribute {
  readonly attribute: AttributeName;
  /** Logits of this attribute. */
  readonly classes: number;
  /** Class of a value's id; values that cannot be told apart share one. */
  readonly classOf: (id: number) => number;
  /** Whether every picture of this prompt shows the attribute; where not, it is not scored. */
  readonly visible: (prompt: Prompt) => boolean;
}

/** A file that is no classifier of the avatars; the message says what to do about it. */
export class ClassifierError extends Error {
  override readonly name = 'ClassifierError';
}

/** A classifier's file, checked and arranged for the GPU. */
export interface ClassifierFile {
  readonly config: ClassifierConfig;
  /** Parameters in the order of `classifierLayout(config)`. */
  readonly flat: Float32Array<ArrayBuffer>;
  /** Share of right answers on real avatars that it was not trained on: the judge's own ceiling. */
  readonly accuracy: Readonly<Record<AttributeName, number>>;
}

/**
 * Classes of hair colours. Brown, mahogany, chestnut and auburn (#603a14, #611c17, #603015, #612616)
 * are one: they differ in green alone, by 10 to 30 of 255, and a classifier that kept them apart took
 * 7 to 12 % of them for one another even on clean, bare-headed avatars.
 */
const HAIR_COLOUR_CLASSES = [0, 1, 2, 3, 1, 1, 1, 4, 5, 6, 7];

const given = (prompt: Prompt, name: AttributeName): number | undefined =>
  prompt[attributeIndex(name)];
/** A hat may cover short hair wholly, so that it looks as none. */
const bareHeaded = (prompt: Prompt): boolean => given(prompt, 'hat') === 0;
const hasHair = (prompt: Prompt): boolean =>
  given(prompt, 'hairLength') === 0 || given(prompt, 'hairLength') === 1;

const VISIBLE: Partial<Record<AttributeName, JudgedAttribute['visible']>> = {
  hairLength: bareHeaded,
  hairColor: (prompt) => bareHeaded(prompt) && hasHair(prompt),
};

/** The attributes in the order of the classifier's logits, with what is merged and what is hidden. */
export const JUDGED: readonly JudgedAttribute[] = ATTRIBUTES.map(({ name, values }) => ({
  attribute: name,
  classes: name === 'hairColor' ? Math.max(...HAIR_COLOUR_CLASSES) + 1 : values.length,
  classOf: (id) => (name === 'hairColor' ? (HAIR_COLOUR_CLASSES[id] ?? -1) : id),
  visible: VISIBLE[name] ?? (() => true),
}));

/** Sizes of the classifier that we train. */
export const CLASSIFIER_CONFIG: ClassifierConfig = {
  values: AVATAR_VALUES,
  hidden: 256,
  features: 64,
  classes: Object.fromEntries(JUDGED.map(({ attribute, classes }) => [attribute, classes])),
};

/** Classes of all values, by attribute: as text, what a file must have been trained for. */
const mergesText = JSON.stringify(
  Object.fromEntries(
    JUDGED.map(({ attribute, classOf }) => [
      attribute,
      ATTRIBUTES[attributeIndex(attribute)]?.values.map((_, id) => classOf(id)),
    ]),
  ),
);

/** Metadata of a classifier's file; `parseClassifier` reads it back. */
export const classifierMetadata = (
  config: ClassifierConfig,
  accuracy: ClassifierFile['accuracy'],
): Record<string, string> => ({
  kind: 'avatar attribute classifier',
  config: JSON.stringify(config),
  classOfValue: mergesText,
  accuracy: JSON.stringify(accuracy),
});

const share = z.number().min(0).max(1);
const accuracySchema = z.strictObject(
  Object.fromEntries(ATTRIBUTES.map(({ name }) => [name, share])) as Record<
    AttributeName,
    typeof share
  >,
);

const ADVICE = 'Use the classifier that comes with this version, or train one: npm run classifier.';

const fail = (reason: string, cause?: unknown): never => {
  throw new ClassifierError(`This file is no classifier of the avatars: ${reason}. ${ADVICE}`, {
    cause,
  });
};

const field = <T>(
  metadata: Readonly<Record<string, string>>,
  name: string,
  schema: z.ZodType<T>,
): T => {
  const text = metadata[name];
  if (text === undefined) return fail(`its metadata lacks ${name}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fail(`${name} of its metadata is not JSON`, error);
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? parsed.data : fail(`${name}: ${z.prettifyError(parsed.error)}`);
};

/**
 * Checks the contents of a classifier's file: sizes, tensors, and that it was trained for the values
 * and merges of this version. Throws ClassifierError.
 */
export const parseClassifier = ({
  metadata,
  tensors,
}: {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: NamedTensors;
}): ClassifierFile => {
  const config = field(metadata, 'config', classifierConfigSchema);
  if (config.values !== AVATAR_VALUES) {
    fail(`it reads images of ${config.values} values, avatars have ${AVATAR_VALUES}`);
  }
  const classesOf = ({ classes }: ClassifierConfig) => JSON.stringify(classes);
  if (
    classesOf(config) !== classesOf(CLASSIFIER_CONFIG) ||
    metadata['classOfValue'] !== mergesText
  ) {
    fail('it knows other attributes or values, or merges others');
  }
  const accuracy = field(metadata, 'accuracy', accuracySchema);
  try {
    return { config, flat: flattenParameters(classifierLayout(config), tensors), accuracy };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return fail(error.message.replace(/\.$/, ''), error);
  }
};
