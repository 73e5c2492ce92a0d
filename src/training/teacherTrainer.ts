import type { ImageSource } from '../distill/data';
import {
  declareTrainee,
  learnedVariables,
  traineeVariables,
  type Trainee,
} from '../distill/networks';
import type { CompileProgress, Engine } from '../graph/engine';
import type { Executable, ProgramCost } from '../graph/executable';
import { biasCorrection, USUAL_ADAM } from '../graph/optimizers/adam';
import { averageDecay, cosineRate } from '../graph/optimizers/schedules';
import { PhiloxStream } from '../graph/philox';
import { elementCount } from '../graph/shape';
import { variable, type Variable } from '../graph/tensor';
import { imageShape, type DitConfig } from '../models/dit/config';
import { ditLayout } from '../models/dit/parameters';
import type { ParameterSet } from '../models/parameters';
import { gradientProgram, optimizerProgram, type StepMemory } from './programs';
import type { TeacherRecipe } from './recipe';
import { STREAMS } from './streams';

/** What one step of training tells. */
export interface StepFigures {
  /** Counted from 1. */
  readonly step: number;
  /** Mean squared error of the velocity over the batch. */
  readonly loss: number;
  /** The same by image (batch), and the times that they were shown at, 0 = noise. */
  readonly losses: Float32Array<ArrayBuffer>;
  readonly times: Float32Array<ArrayBuffer>;
}

/**
 * All that a training needs to go on bit for bit as if it had never stopped: flat arrays by name
 * (`parameters`, `average`, `firstMoment`, `secondMoment`), and the steps done.
 */
export interface TeacherState {
  readonly step: number;
  readonly tensors: ReadonlyMap<string, Float32Array<ArrayBuffer>>;
}

/**
 * Trains a teacher by flow matching: x_t = t x + (1 - t) eps, mean squared error of the velocity
 * against x - eps. A step is one submission, and what it draws depends on seed and step only.
 * Whoever makes it destroys it.
 */
export class TeacherTrainer {
  readonly network: DitConfig;
  readonly recipe: TeacherRecipe;
  readonly #engine: Engine;
  readonly #images: ImageSource;
  readonly #trainee: Trainee;
  readonly #memory: StepMemory;
  #programs: readonly Executable[] = [];
  #step = 0;

  private constructor(
    engine: Engine,
    network: DitConfig,
    recipe: TeacherRecipe,
    images: ImageSource,
  ) {
    const { batch } = recipe;
    this.#engine = engine;
    this.network = network;
    this.recipe = recipe;
    this.#images = images;
    this.#trainee = declareTrainee('trained teacher', ditLayout(network), true);
    this.#memory = {
      images: variable('training images', imageShape(network, batch)),
      rows: variable('training prompts', [batch, Object.keys(network.attributes).length], 'i32'),
      losses: variable('losses', [batch]),
      times: variable('times', [batch]),
    };
  }

  /**
   * A training at its beginning: `weights` as `ditLayout(network)` arranges them, batches from
   * `images`. Throws GpuError when there is no memory for it.
   */
  static async create(
    engine: Engine,
    network: DitConfig,
    recipe: TeacherRecipe,
    images: ImageSource,
    weights: Float32Array<ArrayBuffer>,
    onProgress?: CompileProgress,
  ): Promise<TeacherTrainer> {
    const trainer = new TeacherTrainer(engine, network, recipe, images);
    try {
      await trainer.#begin(weights, onProgress);
    } catch (error) {
      trainer.destroy();
      throw error;
    }
    return trainer;
  }

  /** Steps submitted. */
  get step(): number {
    return this.#step;
  }

  /** The averaged weights: the teacher. */
  get average(): ParameterSet {
    if (!this.#trainee.average) throw new RangeError('A teacher in training has an average.');
    return this.#trainee.average;
  }

  /** What one step costs, apart from time. */
  get cost(): Pick<ProgramCost, 'dispatches' | 'flops'> {
    const total = (of: (cost: ProgramCost) => number): number =>
      this.#programs.reduce((sum, { cost }) => sum + of(cost), 0);
    return { dispatches: total((cost) => cost.dispatches), flops: total((cost) => cost.flops) };
  }

  /** Submits one step; resolves to its figures when the GPU has done it. */
  async advance(): Promise<StepFigures> {
    const { seed, steps, batch, learningRate, warmUp, emaDecay } = this.recipe;
    const index = this.#step++;
    const step = index + 1;
    const { images, rows, losses, times } = this.#memory;
    const drawn = this.#images(new PhiloxStream(seed, STREAMS.batches, index), batch, 'partial');
    const settings = {
      'training.seed': { u32: seed },
      'training.step': { u32: index },
      'training.learningRate': cosineRate({ peak: learningRate, warmUp, steps }, index),
      'training.correction1': biasCorrection(USUAL_ADAM.beta1, step),
      'training.correction2': biasCorrection(USUAL_ADAM.beta2, step),
      'training.emaDecay': averageDecay(emaDecay, step),
    };
    const inputs = [
      [images, drawn.images],
      [rows, drawn.rows],
    ] as const;
    const recording = this.#engine.record();
    this.#programs.forEach((program, place) => {
      recording.run(program, settings, place === 0 ? inputs : []);
    });
    const [ofImages = new Float32Array(), at = new Float32Array()] = await recording
      .read(losses)
      .read(times)
      .submit();
    return {
      step,
      loss: ofImages.reduce((sum, loss) => sum + loss, 0) / batch,
      losses: ofImages,
      times: at,
    };
  }

  /** The state after the steps submitted so far. */
  async save(): Promise<TeacherState> {
    const step = this.#step;
    const named = learnedVariables(this.#trainee);
    // Every copy is submitted before the first is awaited, so all are of one moment.
    const values = await Promise.all(named.map(([, of]) => this.#engine.memory.read(of)));
    const tensors = named.map(
      ([name], index) => [name, values[index] ?? new Float32Array()] as const,
    );
    return { step, tensors: new Map(tensors) };
  }

  /** Goes on from a saved state. Throws a RangeError, and changes nothing, when it does not fit. */
  restore({ step, tensors }: TeacherState): void {
    const named = learnedVariables(this.#trainee);
    for (const [name, { shape }] of named) {
      const [size, given] = [elementCount(shape), tensors.get(name)?.length ?? 0];
      if (size !== given) {
        throw new RangeError(`The state's ${name} has ${given} values, here are ${size}.`);
      }
    }
    for (const [name, of] of named) {
      const values = tensors.get(name);
      if (values) this.#engine.memory.write(of, values);
    }
    this.#step = step;
  }

  /** Frees programs and memory, the weights included. */
  destroy(): void {
    for (const program of this.#programs) program.destroy();
    this.#engine.memory.free([...traineeVariables(this.#trainee), ...this.#variables()]);
  }

  async #begin(weights: Float32Array<ArrayBuffer>, onProgress?: CompileProgress): Promise<void> {
    const { gpu, memory } = this.#engine;
    const nothing = new Float32Array(weights.length);
    await gpu.checked('the teacher in training', () => {
      for (const [name, of] of learnedVariables(this.#trainee)) {
        memory.write(of, name.endsWith('Moment') ? nothing : weights);
      }
      for (const of of this.#variables()) memory.place(of);
    });
    this.#programs = await this.#engine.prepareAll(
      [
        gradientProgram(this.network, this.recipe, this.#trainee, this.#memory),
        optimizerProgram(this.recipe, this.#trainee),
      ],
      onProgress,
    );
  }

  #variables(): Variable[] {
    return Object.values<Variable>({ ...this.#memory });
  }
}
