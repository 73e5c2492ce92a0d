import type { Engine } from '../graph/engine';
import type { Executable } from '../graph/executable';
import { read, variable } from '../graph/tensor';
import { classifierLayout, classifierOutputs, logitCount } from '../models/classifier';
import { ParameterSet } from '../models/parameters';
import type { ClassifierFile } from '../tasks/classifierFile';
import { countSamples } from './metricError';

/** Images judged by one dispatch of the network; the last chunk is filled up with blank ones. */
const CHUNK = 128;

/** What the classifier says of n images. */
export interface Verdicts {
  /** (n, F), the activations before the last layer: what images are compared by. */
  readonly features: Float32Array<ArrayBuffer>;
  readonly featureSize: number;
  /** (n, sum of classes), attributes side by side in the order of the task's `judged`. */
  readonly logits: Float32Array<ArrayBuffer>;
}

/** The attribute classifier on the GPU. Whoever makes it destroys it. */
export class Judge {
  readonly #engine: Engine;
  readonly #file: ClassifierFile;
  readonly #parameters: ParameterSet;
  readonly #images;
  readonly #features;
  readonly #logits;
  #program: Executable | undefined;

  private constructor(engine: Engine, file: ClassifierFile) {
    const { config } = file;
    this.#engine = engine;
    this.#file = file;
    this.#parameters = new ParameterSet('classifier', classifierLayout(config));
    this.#images = variable('judged images', [CHUNK, config.values]);
    this.#features = variable('features', [CHUNK, config.features]);
    this.#logits = variable('logits', [CHUNK, logitCount(config)]);
  }

  /** Uploads a classifier and compiles it. Throws GpuError when there is no memory left. */
  static async create(engine: Engine, file: ClassifierFile): Promise<Judge> {
    const judge = new Judge(engine, file);
    try {
      await judge.#prepare();
    } catch (error) {
      judge.destroy();
      throw error;
    }
    return judge;
  }

  /** F, features of one image. */
  get featureSize(): number {
    return this.#file.config.features;
  }

  /**
   * Judges images (n, C, H, W), a submission for each chunk of them. Throws MetricError for no
   * whole number of images and for values that are not finite.
   */
  async judge(images: Float32Array): Promise<Verdicts> {
    const { config } = this.#file;
    const count = countSamples('The images', images, config.values);
    const features = new Float32Array(count * config.features);
    const width = logitCount(config);
    const logits = new Float32Array(count * width);
    const starts = Array.from({ length: Math.ceil(count / CHUNK) }, (_, chunk) => chunk * CHUNK);
    await Promise.all(
      starts.map(async (start) => {
        const size = Math.min(CHUNK, count - start);
        const chunk = images.subarray(start * config.values, (start + size) * config.values);
        const [ofFeatures, ofLogits] = await this.#judgeChunk(chunk);
        features.set(ofFeatures.subarray(0, size * config.features), start * config.features);
        logits.set(ofLogits.subarray(0, size * width), start * width);
      }),
    );
    return { features, featureSize: config.features, logits };
  }

  /** Frees its memory. */
  destroy(): void {
    this.#program?.destroy();
    this.#program = undefined;
    this.#engine.memory.free([this.#parameters.flat, this.#images, this.#features, this.#logits]);
  }

  async #prepare(): Promise<void> {
    const { gpu, memory } = this.#engine;
    await gpu.checked('the classifier', () => {
      memory.write(this.#parameters.flat, this.#file.flat);
    });
    const { config } = this.#file;
    const outputs = classifierOutputs(config, this.#parameters, read(this.#images));
    this.#program = await this.#engine.prepare({
      name: 'classifier',
      exact: true,
      assign: [
        { variable: this.#features, value: outputs.features },
        { variable: this.#logits, value: outputs.logits },
      ],
    });
  }

  async #judgeChunk(images: Float32Array): Promise<[Float32Array, Float32Array]> {
    if (!this.#program) throw new RangeError('This judge was destroyed.');
    const full = new Float32Array(CHUNK * this.#file.config.values);
    full.set(images);
    const [features, logits] = await this.#engine
      .record()
      .run(this.#program, {}, [[this.#images, full]])
      .read(this.#features)
      .read(this.#logits)
      .submit();
    if (!features || !logits) throw new RangeError('The classifier gave nothing.');
    return [features, logits];
  }
}
