import {
  classifierRecipeDefaults as defaults,
  type ClassifierRecipe,
} from '../tasks/avatars/classifierTraining';
import { parseArguments, wholeNumber } from './arguments';

/** What `npm run classifier` was asked to do. */
export interface ClassifierOptions {
  readonly recipe: ClassifierRecipe;
  /** Avatars that the accuracy is measured on. */
  readonly heldOut: number;
  /** Folder of the two files. */
  readonly out: string;
}

const HELD_OUT = 4096;
const OUT = 'public/classifiers';
const MAX_U32 = 0xffffffff;

export const CLASSIFIER_USAGE = `Trains the attribute classifier of the avatars, the judge of the metrics.

  npm run classifier -- --out runs/classifier

  --steps N      steps of training (default ${defaults.steps})
  --batch N      avatars a step (default ${defaults.batch})
  --avatars N    avatars to learn from (default ${defaults.avatars})
  --seed N       seed of weights, avatars and augmentation (default ${defaults.seed})
  --held-out N   fresh avatars to measure the accuracy on (default ${HELD_OUT})
  --out DIR      where avatars.safetensors and avatars.md go (default ${OUT})
  --help`;

const OPTIONS = {
  steps: { type: 'string', default: String(defaults.steps) },
  batch: { type: 'string', default: String(defaults.batch) },
  avatars: { type: 'string', default: String(defaults.avatars) },
  seed: { type: 'string', default: String(defaults.seed) },
  'held-out': { type: 'string', default: String(HELD_OUT) },
  out: { type: 'string', default: OUT },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the arguments. Returns null when help was asked for. Throws UsageError. */
export const parseClassifierOptions = (args: readonly string[]): ClassifierOptions | null => {
  const values = parseArguments(args, OPTIONS);
  if (values.help) return null;
  return {
    recipe: {
      ...defaults,
      steps: wholeNumber('steps', values.steps, 1, 1_000_000),
      batch: wholeNumber('batch', values.batch, 1, 4096),
      avatars: wholeNumber('avatars', values.avatars, 1, 1_000_000),
      seed: wholeNumber('seed', values.seed, 0, MAX_U32),
    },
    heldOut: wholeNumber('held-out', values['held-out'], 100, 1_000_000),
    out: values.out,
  };
};

/** The command line that repeats a training. */
export const classifierCommand = ({ recipe, heldOut }: ClassifierOptions): string => {
  const { steps, batch, avatars, seed } = recipe;
  return (
    `npm run classifier -- --steps ${steps} --batch ${batch} --avatars ${avatars} ` +
    `--seed ${seed} --held-out ${heldOut}`
  );
};
