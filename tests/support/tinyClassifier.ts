import { classifierLayout, type ClassifierConfig } from '../../src/models/classifier';
import { classifierConfigOf, type ClassifierFile } from '../../src/tasks/classifierFile';
import { avatarTask } from '../../src/tasks/avatars/task';
import { ATTRIBUTES } from '../../src/tasks/avatars/attributes';
import { randomValues } from './random';

const config: ClassifierConfig = { ...classifierConfigOf(avatarTask), hidden: 8, features: 4 };

/** A classifier that was never trained. */
export const tinyClassifier = (): ClassifierFile => ({
  config,
  flat: Float32Array.from(randomValues(classifierLayout(config).size, 3), (value) => 0.1 * value),
  accuracy: Object.fromEntries(ATTRIBUTES.map(({ name }) => [name, 0.5])),
});
