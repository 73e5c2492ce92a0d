import { gradients } from '../../graph/differentiate';
import type { CompileProgress, Engine } from '../../graph/engine';
import type { Executable } from '../../graph/executable';
import { adamStep, biasCorrection, clipFactor, USUAL_ADAM } from '../../graph/optimizers/adam';
import { cosineRate } from '../../graph/optimizers/schedules';
import { add, divide, exp, log, multiply, subtract } from '../../graph/ops/pointwise';
import { sum } from '../../graph/ops/reduce';
import { reshape, slice } from '../../graph/ops/views';
import { PhiloxStream } from '../../graph/philox';
import type { ProgramSpec } from '../../graph/plan/program';
import { constant, read, setting, variable, type Tensor } from '../../graph/tensor';
import {
  classifierLayout,
  classifierOutputs,
  logitCount,
  type ClassifierConfig,
} from '../../models/classifier';
import { ParameterSet } from '../../models/parameters';
import { classifierConfigOf } from '../../tasks/classifierFile';
import type { Prompt } from '../../tasks/promptSpace';
import { imagesOf, type ImageTask, type LabelledImages, type OpenTask } from '../../tasks/task';
import { pickImages } from '../../tasks/imagePool';
import { valuesOf } from '../../tasks/trainingData';
import { augment } from './augmentation';

/** How a classifier is trained; the same recipe gives the same bytes on the same adapter. */
export interface ClassifierRecipe {
  readonly steps: number;
  readonly batch: number;
  /** Of weights, images, batches and augmentation: an unsigned 32-bit integer. */
  readonly seed: number;
  /** Number of images to learn from. */
  readonly images: number;
  /** Of Adam, at its highest: after `WARM_UP` steps; from there it falls as a cosine to zero. */
  readonly learningRate: number;
}

export const classifierRecipeDefaults: ClassifierRecipe = {
  steps: 8000,
  batch: 64,
  seed: 1,
  images: 32_768,
  learningRate: 1.5e-3,
};

const WARM_UP = 100;
const MAX_GRADIENT_NORM = 1;

/** Random streams of a training; those of augmentation and of the images are others. */
const STREAMS = { weights: 1, batches: 2 } as const;

/**
 * Targets (n, sum of classes): 1 at the right class of each attribute; all zero for an attribute
 * that the picture does not show, which makes its loss zero.
 */
export function classTargets(
  { judged, prompts: space }: Pick<ImageTask, 'judged' | 'prompts'>,
  prompts: readonly Prompt[],
): Float32Array<ArrayBuffer> {
  const width = judged.reduce((sum, { classes }) => sum + classes, 0);
  const targets = new Float32Array(prompts.length * width);
  prompts.forEach((prompt, image) => {
    let start = image * width;
    for (const { attribute, classes, classOf, visible } of judged) {
      if (visible(prompt)) targets[start + classOf(prompt[space.indexOf(attribute)] ?? -1)] = 1;
      start += classes;
    }
  });
  return targets;
}

/**
 * Mean over images of the summed cross-entropies of all attributes. Logits are small, so the
 * exponentials need no shift. `logits` and `targets` (B, sum of classes).
 */
export function classLoss(classes: readonly number[], logits: Tensor, targets: Tensor): Tensor {
  const batch = logits.shape[0] ?? 1;
  let start = 0;
  const normalisers = classes.map((count) => {
    const part = (x: Tensor) => slice(x, 1, start, count);
    const [own, wanted] = [part(logits), part(targets)];
    start += count;
    // log sum e^l where the attribute counts (its targets sum to 1), else 0.
    return sum(multiply(log(sum(exp(own), [1])), sum(wanted, [1])));
  });
  const total = normalisers.reduce((whole, one) => add(whole, one));
  return divide(subtract(total, sum(multiply(logits, targets))), batch);
}

/** Weights of standard deviation 1 / sqrt(inputs), biases zero. */
function initialWeights(config: ClassifierConfig, seed: number): Float32Array<ArrayBuffer> {
  const layout = classifierLayout(config);
  const random = new PhiloxStream(seed, STREAMS.weights, 0);
  const flat = new Float32Array(layout.size);
  for (const { shape, offset } of layout.entries.values()) {
    const [outputs = 0, inputs] = shape;
    if (inputs === undefined) continue;
    for (let index = 0; index < outputs * inputs; index++) {
      flat[offset + index] = random.normal() / Math.sqrt(inputs);
    }
  }
  return flat;
}

/** Trains the classifier of a task. Whoever makes it destroys it. */
export class ClassifierTrainer {
  readonly parameters: ParameterSet;
  readonly #engine: Engine;
  readonly #recipe: ClassifierRecipe;
  readonly #task: OpenTask;
  readonly #config: ClassifierConfig;
  readonly #real: LabelledImages;
  readonly #gradient: ParameterSet;
  readonly #images;
  readonly #targets;
  readonly #loss = variable('classifier loss', [1]);
  readonly #firstMoment;
  readonly #secondMoment;
  #programs: readonly Executable[] = [];
  #step = 0;

  private constructor(engine: Engine, task: OpenTask, recipe: ClassifierRecipe) {
    const config = classifierConfigOf(task);
    const layout = classifierLayout(config);
    this.#engine = engine;
    this.#recipe = recipe;
    this.#task = task;
    this.#config = config;
    this.#real = imagesOf(task).draw(recipe.seed, recipe.images, 'training');
    this.parameters = new ParameterSet('classifier', layout);
    this.#gradient = new ParameterSet('classifier gradient', layout);
    this.#firstMoment = variable('classifier first moment', [layout.size]);
    this.#secondMoment = variable('classifier second moment', [layout.size]);
    this.#images = variable('real images', [recipe.batch, 3, task.size, task.size]);
    this.#targets = variable('targets', [recipe.batch, logitCount(config)]);
  }

  /** Draws the images and compiles the two programs of a step. */
  static async create(
    engine: Engine,
    task: OpenTask,
    recipe: ClassifierRecipe,
    onProgress?: CompileProgress,
  ): Promise<ClassifierTrainer> {
    const trainer = new ClassifierTrainer(engine, task, recipe);
    const flat = initialWeights(trainer.#config, recipe.seed);
    engine.memory.write(trainer.parameters.flat, flat);
    trainer.#programs = await engine.prepareAll(
      [trainer.#gradientProgram(), trainer.#optimizerProgram()],
      onProgress,
    );
    return trainer;
  }

  /** Steps done. */
  get step(): number {
    return this.#step;
  }

  /** Submits one step; resolves to its loss when the GPU has done it. */
  async advance(): Promise<number> {
    const { seed, steps, batch, learningRate } = this.#recipe;
    const index = this.#step++;
    const random = new PhiloxStream(seed, STREAMS.batches, index);
    const { prompts } = this.#real;
    const chosen = Array.from({ length: batch }, () => random.integer(prompts.length));
    const images = pickImages(this.#real, chosen, valuesOf(this.#task));
    const described = chosen.map((which) => prompts[which] ?? []);
    const targets = classTargets(this.#task, described);
    const settings = {
      'classifier.seed': { u32: seed },
      'classifier.step': { u32: index },
      'classifier.learningRate': cosineRate({ peak: learningRate, warmUp: WARM_UP, steps }, index),
      'classifier.correction1': biasCorrection(USUAL_ADAM.beta1, this.#step),
      'classifier.correction2': biasCorrection(USUAL_ADAM.beta2, this.#step),
    };
    const recording = this.#engine.record();
    this.#programs.forEach((program, place) => {
      const inputs = [
        [this.#images, images],
        [this.#targets, targets],
      ] as const;
      recording.run(program, settings, place === 0 ? inputs : []);
    });
    const [loss] = await recording.read(this.#loss).submit();
    return loss?.[0] ?? NaN;
  }

  /** The weights after the steps submitted so far, as `classifierLayout` arranges them. */
  weights(): Promise<Float32Array<ArrayBuffer>> {
    return this.#engine.memory.read(this.parameters.flat);
  }

  /** Frees programs and memory, the weights included. */
  destroy(): void {
    for (const program of this.#programs) program.destroy();
    this.#engine.memory.free([
      this.parameters.flat,
      this.#gradient.flat,
      this.#firstMoment,
      this.#secondMoment,
      this.#images,
      this.#targets,
      this.#loss,
    ]);
  }

  #gradientProgram(): ProgramSpec {
    const source = {
      seed: setting('classifier.seed', 'u32'),
      step: setting('classifier.step', 'u32'),
    };
    const images = augment(read(this.#images), source);
    const { logits } = classifierOutputs(this.#config, this.parameters, images);
    const classes = this.#task.judged.map((judged) => judged.classes);
    const loss = classLoss(classes, logits, read(this.#targets));
    const names = this.parameters.trainable();
    const wanted = names.map((name) => this.parameters.tensor(name));
    const all = gradients([{ tensor: loss, gradient: constant(1) }], wanted);
    return {
      name: 'classifier gradient',
      assign: [
        { variable: this.#loss, value: reshape(loss, [1]) },
        ...all.map((value, index) => ({
          variable: this.#gradient.window(names[index] ?? ''),
          value,
        })),
      ],
    };
  }

  #optimizerProgram(): ProgramSpec {
    const gradient = this.#gradient.flat;
    return {
      name: 'classifier optimizer',
      assign: [],
      effects: [
        adamStep({
          parameters: this.parameters.flat,
          firstMoment: this.#firstMoment,
          secondMoment: this.#secondMoment,
          gradient,
          learningRate: setting('classifier.learningRate'),
          correction1: setting('classifier.correction1'),
          correction2: setting('classifier.correction2'),
          clipFactor: clipFactor(read(gradient), constant(MAX_GRADIENT_NORM)),
          ...USUAL_ADAM,
        }),
      ],
    };
  }
}
