import type { Engine } from '../graph/engine';
import { Judge } from '../metrics/judge';
import { makeReference, measureImages, measurePixels, type Reference } from '../metrics/measure';
import type { ImageShape } from '../metrics/spectrum';
import type { ClassifierFile } from '../tasks/classifierFile';
import type { Prompt } from '../tasks/promptSpace';
import type { ImageTask } from '../tasks/task';
import type { EvaluationRow } from './record';

/** What is measured of a student; null what needs the attribute classifier, where there is none. */
export type Measurement = Omit<EvaluationRow, 'iteration'>;

const UNJUDGED = {
  accuracy: null,
  meanAccuracy: null,
  allRight: null,
  frechetReal: null,
  frechetGuided: null,
  coverage: null,
  density: null,
} as const;

/** Measures images: all metrics with the attribute classifier, those of pixels without. */
export class Jury {
  readonly #task: ImageTask;
  readonly #judge: Judge | null;
  readonly #imageShape: ImageShape;
  #reference: Reference | undefined;

  private constructor(task: ImageTask, judge: Judge | null, imageShape: ImageShape) {
    this.#task = task;
    this.#judge = judge;
    this.#imageShape = imageShape;
  }

  /** A jury for images of a task, of one shape; `file` null: it has no classifier. */
  static async create(
    engine: Engine,
    task: ImageTask,
    file: ClassifierFile | null,
    imageShape: ImageShape,
  ): Promise<Jury> {
    return new Jury(task, file && (await Judge.create(engine, file)), imageShape);
  }

  /** Whether there is a classifier. */
  get judges(): boolean {
    return this.#judge !== null;
  }

  /** Makes real and guided images, each (n, C, H, W), what others are compared with. */
  async compareWith(real: Float32Array, guided: Float32Array): Promise<void> {
    if (!this.#judge) return;
    const [ofReal, ofGuided] = [await this.#judge.judge(real), await this.#judge.judge(guided)];
    this.#reference = makeReference(ofReal, ofGuided);
  }

  /**
   * Measures images (n, C, H, W) drawn for prompts (n). Throws a RangeError where a classifier has
   * nothing to compare with, MetricError for images that are not finite.
   */
  async measure(images: Float32Array, prompts: readonly Prompt[]): Promise<Measurement> {
    const shape = this.#imageShape;
    if (!this.#judge) {
      const measured = measurePixels(images, shape);
      return { ...UNJUDGED, ...measured, spectrum: [...measured.spectrum] };
    }
    if (!this.#reference) throw new RangeError('There is nothing to compare with yet.');
    const judgement = {
      ...(await this.#judge.judge(images)),
      judging: this.#task,
      imageShape: shape,
    };
    const measured = measureImages(images, prompts, judgement, this.#reference);
    return { ...measured, spectrum: [...measured.spectrum] };
  }
}
