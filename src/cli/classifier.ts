import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import type { Gpu } from '../gpu/gpu';
import { Engine } from '../graph/engine';
import { PhiloxStream } from '../graph/philox';
import { chooseKernels } from '../graph/tune';
import { writeSafetensors } from '../interchange/safetensors';
import { Judge } from '../metrics/judge';
import { promptAccuracy, type PromptAccuracy } from '../metrics/promptAccuracy';
import { classifierLayout } from '../models/classifier';
import { unflattenParameters } from '../models/parameters';
import type { AttributeName } from '../tasks/avatars/attributes';
import {
  CLASSIFIER_CONFIG,
  classifierMetadata,
  JUDGED,
  type ClassifierFile,
} from '../tasks/avatars/classifier';
import { ClassifierTrainer, type ClassifierRecipe } from '../tasks/avatars/classifierTraining';
import { realAvatars, type Avatars } from '../tasks/avatars/generator';
import { openGpu } from './adapter';
import { accuracyTable, classifierCard, type HeldOutAccuracy } from './classifierCard';
import {
  CLASSIFIER_USAGE,
  parseClassifierOptions,
  type ClassifierOptions,
} from './classifierOptions';
import { runCommand } from './command';
import { fileTuningStore } from './tuningStore';

/** Steps between two losses shown, each their mean. */
const SHOWN_EVERY = 20;
/** Held-out avatars have another seed; this one's distance from the training's. */
const HELD_OUT_SEED = 1_000_003;
const HELD_OUT_NOISE = 0.1;

const trainWeights = async (
  engine: Engine,
  recipe: ClassifierRecipe,
): Promise<Float32Array<ArrayBuffer>> => {
  console.log(`drawing ${recipe.avatars} avatars`);
  const trainer = await ClassifierTrainer.create(engine, recipe);
  const bar = new SingleBar({
    format: '{bar} {value}/{total}  loss {loss}  {eta_formatted} left',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  bar.start(recipe.steps, 0, { loss: '-' });
  let [sum, count] = [0, 0];
  try {
    while (trainer.step < recipe.steps) {
      sum += await trainer.advance();
      count++;
      if (count === SHOWN_EVERY || trainer.step === recipe.steps) {
        bar.update(trainer.step, { loss: (sum / count).toFixed(3) });
        [sum, count] = [0, 0];
      }
    }
  } finally {
    bar.stop();
  }
  const weights = await trainer.weights();
  trainer.destroy();
  return weights;
};

const withNoise = (images: Float32Array, seed: number): Float32Array<ArrayBuffer> => {
  const random = new PhiloxStream(seed, 0, 0);
  return Float32Array.from(images, (value) => value + HELD_OUT_NOISE * random.normal());
};

const measure = async (
  engine: Engine,
  file: ClassifierFile,
  { images, prompts }: Avatars,
  seed: number,
): Promise<HeldOutAccuracy> => {
  const judge = await Judge.create(engine, file);
  const accuracyOf = async (pictures: Float32Array): Promise<PromptAccuracy> =>
    promptAccuracy((await judge.judge(pictures)).logits, prompts, JUDGED);
  const clean = await accuracyOf(images);
  const noisy = await accuracyOf(withNoise(images, seed));
  judge.destroy();
  return { clean, noisy, noise: HELD_OUT_NOISE };
};

const train = async (options: ClassifierOptions, gpu: Gpu): Promise<void> => {
  const { recipe, heldOut, out } = options;
  const engine = new Engine(gpu, await chooseKernels(gpu, fileTuningStore()));
  const flat = await trainWeights(engine, recipe);
  const seed = (recipe.seed + HELD_OUT_SEED) >>> 0;
  const fresh = realAvatars(seed, heldOut);
  const unmeasured = {} as Record<AttributeName, number>;
  const file: ClassifierFile = { config: CLASSIFIER_CONFIG, flat, accuracy: unmeasured };
  const measured = await measure(engine, file, fresh, seed);
  engine.destroy();
  console.log(`held-out accuracy on ${heldOut} avatars:\n${accuracyTable(measured)}`);

  const accuracy = { ...unmeasured, ...measured.clean.accuracy };
  const tensors = unflattenParameters(classifierLayout(CLASSIFIER_CONFIG), flat);
  const bytes = writeSafetensors(
    [...tensors].map(([name, { shape, data }]) => ({ name, shape, data })),
    classifierMetadata(CLASSIFIER_CONFIG, accuracy),
  );
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'avatars.safetensors'), bytes);
  writeFileSync(join(out, 'avatars.md'), classifierCard(options, measured, gpu.info.name));
  console.log(`Saved to ${out}`);
};

const main = async (): Promise<void> => {
  const options = parseClassifierOptions(process.argv.slice(2));
  if (!options) {
    console.log(CLASSIFIER_USAGE);
    return;
  }
  const gpu = await openGpu();
  await train(options, gpu);
  gpu.destroy();
};

process.exitCode = await runCommand(main);
