import {
  classifierRecipeDefaults as defaults,
  type ClassifierRecipe,
} from '../training/classifier/trainer';
import type { ImageTask } from '../tasks/task';
import { parseCommand, wholeNumber } from './arguments';
import { taskNamed } from './taskNamed';

/** What `npm run classifier` was asked to do. */
export interface ClassifierOptions {
  readonly task: ImageTask;
  readonly recipe: ClassifierRecipe;
  /** Images that the accuracy is measured on. */
  readonly heldOut: number;
  /** Folder of the two files. */
  readonly out: string;
}

const HELD_OUT = 4096;
const OUT = 'public/classifiers';
const MAX_U32 = 0xffffffff;

export const CLASSIFIER_USAGE = `Trains a task's attribute classifier, the judge of the metrics.

  npm run classifier -- avatars --out runs/classifier

  --steps N      steps of training (default ${defaults.steps})
  --batch N      images a step (default ${defaults.batch})
  --images N     images to learn from (default ${defaults.images})
  --seed N       seed of weights, images and augmentation (default ${defaults.seed})
  --held-out N   unseen images to measure the accuracy on (default ${HELD_OUT})
  --out DIR      where TASK.safetensors and TASK.md go (default ${OUT})
  --help`;

const OPTIONS = {
  steps: { type: 'string', default: String(defaults.steps) },
  batch: { type: 'string', default: String(defaults.batch) },
  images: { type: 'string', default: String(defaults.images) },
  seed: { type: 'string', default: String(defaults.seed) },
  'held-out': { type: 'string', default: String(HELD_OUT) },
  out: { type: 'string', default: OUT },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the arguments. Returns null when help was asked for. Throws UsageError. */
export const parseClassifierOptions = (args: readonly string[]): ClassifierOptions | null => {
  const { values, positionals } = parseCommand(args, OPTIONS);
  if (values.help) return null;
  return {
    task: taskNamed(positionals, 'npm run classifier'),
    recipe: {
      ...defaults,
      steps: wholeNumber('steps', values.steps, 1, 1_000_000),
      batch: wholeNumber('batch', values.batch, 1, 4096),
      images: wholeNumber('images', values.images, 1, 1_000_000),
      seed: wholeNumber('seed', values.seed, 0, MAX_U32),
    },
    heldOut: wholeNumber('held-out', values['held-out'], 100, 1_000_000),
    out: values.out,
  };
};

/** The command line that repeats a training. */
export const classifierCommand = ({ task, recipe, heldOut }: ClassifierOptions): string => {
  const { steps, batch, images, seed } = recipe;
  return (
    `npm run classifier -- ${task.id} --steps ${steps} --batch ${batch} --images ${images} ` +
    `--seed ${seed} --held-out ${heldOut}`
  );
};
