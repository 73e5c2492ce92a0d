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
import {
  classifierConfigOf,
  classifierMetadata,
  type ClassifierFile,
} from '../tasks/classifierFile';
import {
  imagesOf,
  openTask,
  type ImageTask,
  type LabelledImages,
  type OpenTask,
} from '../tasks/task';
import { ClassifierTrainer, type ClassifierRecipe } from '../training/classifier/trainer';
import { openGpu } from './adapter';
import { readAsset } from './assets';
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
/** Held-out images have another seed; this one's distance from the training's. */
const HELD_OUT_SEED = 1_000_003;
const HELD_OUT_NOISE = 0.1;

const trainWeights = async (
  engine: Engine,
  task: OpenTask,
  recipe: ClassifierRecipe,
): Promise<Float32Array<ArrayBuffer>> => {
  console.log(`drawing ${recipe.images} images`);
  const trainer = await ClassifierTrainer.create(engine, task, recipe);
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
  task: ImageTask,
  file: ClassifierFile,
  { images, prompts }: LabelledImages,
  seed: number,
): Promise<HeldOutAccuracy> => {
  const judge = await Judge.create(engine, file);
  const accuracyOf = async (pictures: Float32Array): Promise<PromptAccuracy> =>
    promptAccuracy((await judge.judge(pictures)).logits, prompts, task);
  const clean = await accuracyOf(images);
  const noisy = await accuracyOf(withNoise(images, seed));
  judge.destroy();
  return { clean, noisy, noise: HELD_OUT_NOISE };
};

const train = async (options: ClassifierOptions, gpu: Gpu): Promise<void> => {
  const { recipe, heldOut, out } = options;
  const task = await openTask(options.task, readAsset);
  const engine = new Engine(gpu, await chooseKernels(gpu, fileTuningStore()));
  const flat = await trainWeights(engine, task, recipe);
  const seed = (recipe.seed + HELD_OUT_SEED) >>> 0;
  const config = classifierConfigOf(task);
  const unseen = imagesOf(task).draw(seed, heldOut, 'heldOut');
  const file: ClassifierFile = { config, flat, accuracy: {} };
  const measured = await measure(engine, task, file, unseen, seed);
  engine.destroy();
  console.log(`held-out accuracy on ${heldOut} images:\n${accuracyTable(task, measured)}`);

  const { accuracy } = measured.clean;
  const tensors = unflattenParameters(classifierLayout(config), flat);
  const bytes = writeSafetensors(
    [...tensors].map(([name, { shape, data }]) => ({ name, shape, data })),
    classifierMetadata(task, { config, accuracy }),
  );
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, `${task.id}.safetensors`), bytes);
  writeFileSync(join(out, `${task.id}.md`), classifierCard(options, measured, gpu.info.name));
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
