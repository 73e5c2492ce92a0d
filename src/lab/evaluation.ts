import type { Teacher } from '../distill/networks';
import type { CompileProgress, Engine } from '../graph/engine';
import { measurePixels, type PixelMeasurement } from '../metrics/measure';
import type { ParameterSet } from '../models/parameters';
import type { OpenTask } from '../tasks/task';
import { Easel, holdWeights } from './easel';
import type { EvaluationOptions } from './evaluationOptions';
import { CHUNK, evaluationSet, realSet, type EvaluationSet } from './evaluationSet';
import { allFinite } from './halts';
import type { Jury, Measurement } from './jury';
import { SHEET_IMAGES, sheetPng } from './pictures';
import type { RunRecord } from './record';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from './reference';

/** What an evaluation gave. */
export interface Evaluated {
  readonly measurement: Measurement;
  /** Contact sheet of the first images, a PNG in base64. */
  readonly png: string;
}

/** What is measured of the pictures that arms are compared with. */
export interface Standards {
  /** Real pictures; null where the task has none. */
  readonly real: PixelMeasurement | null;
  /** The guided teacher's pictures. */
  readonly guided: PixelMeasurement;
}

/** What arms are compared with; computed once a lab. */
interface Prepared {
  readonly set: EvaluationSet;
  /** Images of the guided teacher, as many as were needed. */
  readonly guided: Float32Array<ArrayBuffer>;
  readonly pictures: RunRecord['references'];
}

export interface ReferenceRequest {
  /** Images of the guided teacher from an earlier lab with the same `referenceKey`. */
  readonly guided?: Float32Array<ArrayBuffer>;
  readonly onProgress?: CompileProgress;
}

/** An evaluation that nobody waits for any more. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/**
 * Measures students on images that are the same for all of them but for the weights. Evaluations
 * wait for each other, not for training: each works in pieces on a copy of the weights.
 */
export class Evaluator {
  readonly #engine: Engine;
  readonly #task: OpenTask;
  readonly #jury: Jury;
  readonly #options: EvaluationOptions;
  readonly #easel: Easel;
  #prepared: Promise<Prepared> | undefined;
  #pictures: RunRecord['references'];
  #standards: Standards | null = null;
  #tail: Promise<unknown> = Promise.resolve();
  #stopped = false;

  /** `pictures`: those of the run that goes on, until they are drawn anew. */
  constructor(
    engine: Engine,
    task: OpenTask,
    teacher: Teacher,
    jury: Jury,
    options: EvaluationOptions,
    pictures: RunRecord['references'] = [],
  ) {
    this.#engine = engine;
    this.#task = task;
    this.#jury = jury;
    this.#options = options;
    this.#pictures = pictures;
    this.#easel = new Easel(engine, teacher, chunkSize(options));
  }

  /** Contact sheets of what arms are compared with; empty before it is prepared. */
  get pictures(): RunRecord['references'] {
    return this.#pictures;
  }

  /** What students are compared with, measured; null before it is prepared. */
  get standards(): Standards | null {
    return this.#standards;
  }

  /**
   * Draws and judges real images and the guided teacher's images, once; resolves to the latter, to
   * be kept for another lab. Evaluations do it when nobody did before.
   */
  async prepareReference(request: ReferenceRequest = {}): Promise<Float32Array<ArrayBuffer>> {
    return (await this.#prepare(request)).guided;
  }

  /** Evaluates weights as they are now; null when their images are no longer finite. */
  evaluate(parameters: ParameterSet, steps: number): Promise<Evaluated | null> {
    const held = holdWeights(this.#engine, parameters);
    const turn = this.#tail.then(async () => {
      try {
        const { set } = await this.#prepare({});
        const images = await this.#draw(set, (grid) => this.#easel.fewStep(held.flat, steps, grid));
        if (!allFinite(images)) return null;
        const measurement = await this.#jury.measure(images, set.prompts);
        return { measurement, png: sheetPng(images, this.#easel.shape) };
      } finally {
        held.release();
      }
    });
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  /** Ends the evaluations under way at their next piece; they fail. */
  stop(): void {
    this.#stopped = true;
  }

  /** Frees its memory when the evaluations under way are done. */
  async destroy(): Promise<void> {
    await this.#tail;
    await this.#easel.destroy();
  }

  #prepare(request: ReferenceRequest): Promise<Prepared> {
    if (!this.#prepared) {
      const prepared = this.#makeReference(request);
      this.#prepared = prepared;
      // A failure is not remembered: memory may be there the next time.
      prepared.catch(() => (this.#prepared = undefined));
    }
    return this.#prepared;
  }

  async #makeReference({ guided: given, onProgress }: ReferenceRequest): Promise<Prepared> {
    const real = realSet(this.#task, this.#options);
    const set = evaluationSet(this.#task, this.#options, real);
    const guided = given
      ? this.#accept(given, set)
      : await this.#drawGuided(this.#jury.judges ? set : firstImages(set), onProgress);
    if (real) await this.#jury.compareWith(real.images, guided);
    const oneStep = await this.#draw(firstImages(set), (grid) => this.#easel.teacherOneStep(grid));
    const sheet = (images: Float32Array): string => sheetPng(images, this.#easel.shape);
    const pictures = [
      ...(real
        ? [{ name: `Real ${this.#task.title.toLowerCase()}`, png: sheet(real.images) }]
        : []),
      {
        name: `Teacher, ${REFERENCE_STEPS} steps, guidance ${REFERENCE_GUIDANCE}`,
        png: sheet(guided),
      },
      { name: 'Teacher, 1 step', png: sheet(oneStep) },
    ];
    this.#pictures = pictures;
    const [, ...shape] = this.#easel.shape;
    const measure = (images: Float32Array): PixelMeasurement => measurePixels(images, shape);
    this.#standards = { real: real && measure(real.images), guided: measure(guided) };
    return { set, guided, pictures };
  }

  #accept(
    guided: Float32Array<ArrayBuffer>,
    { prompts }: EvaluationSet,
  ): Float32Array<ArrayBuffer> {
    const [, channels, height, width] = this.#easel.shape;
    if (guided.length !== prompts.length * channels * height * width) {
      throw new RangeError(
        `${guided.length} values are not ${this.#options.samples} images of the guided teacher.`,
      );
    }
    return guided;
  }

  #drawGuided(
    set: EvaluationSet,
    onProgress?: CompileProgress,
  ): Promise<Float32Array<ArrayBuffer>> {
    return this.#draw(
      set,
      (grid) => this.#easel.guided(REFERENCE_STEPS, REFERENCE_GUIDANCE, grid),
      onProgress,
    );
  }

  /** Draws chunk by chunk; what others submit meanwhile comes in between. */
  async #draw(
    { chunks, prompts }: EvaluationSet,
    draw: (grid: EvaluationSet['chunks'][number]) => Promise<Float32Array>,
    onProgress?: CompileProgress,
  ): Promise<Float32Array<ArrayBuffer>> {
    const [count, channels, height, width] = this.#easel.shape;
    const size = channels * height * width;
    const images = new Float32Array(prompts.length * size);
    for (const [index, grid] of chunks.entries()) {
      if (this.#stopped) throw new StoppedError('The lab is gone.');
      onProgress?.(index, chunks.length);
      const drawn = await draw(grid);
      const start = index * count * size;
      images.set(drawn.subarray(0, Math.min(drawn.length, images.length - start)), start);
    }
    onProgress?.(chunks.length, chunks.length);
    return images;
  }
}

const chunkSize = (options: EvaluationOptions): number => Math.min(CHUNK, options.samples);

/** As much of a set as a contact sheet shows. */
const firstImages = ({ prompts, chunks }: EvaluationSet): EvaluationSet => {
  const size = chunks[0]?.count ?? 1;
  const needed = Math.ceil(Math.min(SHEET_IMAGES, prompts.length) / size);
  return { prompts: prompts.slice(0, needed * size), chunks: chunks.slice(0, needed) };
};
