import type { DistillConfig } from '../distill/config';
import type { Teacher } from '../distill/networks';
import { Sampler, type Grid } from '../distill/sampler';
import { Trainer, type IterationFigures, type TrainingData } from '../distill/trainer';
import type { Gpu } from '../gpu/gpu';
import { Engine, type CompileProgress } from '../graph/engine';
import type { DispatchTimer } from '../graph/executable';
import type { KernelChoice } from '../graph/kernel';
import { unflattenParameters } from '../models/parameters';
import { ditMetadata } from '../models/dit/config';
import { writeSafetensors } from '../interchange/safetensors';
import { attributeRows, type Prompt } from '../tasks/avatars/attributes';
import { samplePrompts } from '../tasks/avatars/prompts';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from './reference';
import { uploadTeacher, type TeacherFile } from './teacher';

/** Which sampler draws a grid. */
export type GridSampler = 'student' | 'teacherOneStep' | 'teacherGuided';

/** The prompts and noise that every grid shows, so that grids differ only by their sampler. */
export interface GridRequest {
  /** One a picture, in the order of the grid. */
  readonly prompts: readonly Prompt[];
  /** Seed of the shared noise. */
  readonly seed: number;
}

/** The student had no numbers left; nothing after this iteration means anything. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
}

const promptRows = (prompts: readonly Prompt[]): Int32Array<ArrayBuffer> =>
  Int32Array.from(prompts.flatMap((prompt) => attributeRows(prompt)));

/** CA and DM need prompts and nothing else of the data. */
const PROMPTS_ONLY: TrainingData = {
  prompts: (random, batch, mode) => promptRows(samplePrompts(random, batch, mode)),
  images: () => {
    throw new RangeError('This session has no real images, which the GAN term needs.');
  },
  statistics: { mean: 0, variance: 1 },
};

/**
 * One run on one GPU: a teacher, a student in training, and grids of samples. It knows neither page
 * nor file system; the Worker and the command line drive it alike.
 */
export class Session {
  readonly #engine: Engine;
  readonly #teacher: Teacher;
  readonly #trainer: Trainer;
  #sampler: Sampler;
  #grid: Grid;

  private constructor(engine: Engine, teacher: Teacher, trainer: Trainer, request: GridRequest) {
    this.#engine = engine;
    this.#teacher = teacher;
    this.#trainer = trainer;
    this.#grid = toGrid(request);
    this.#sampler = new Sampler(engine, teacher, this.#grid.count);
  }

  /** Uploads the teacher and prepares everything that training needs. */
  static async create(
    gpu: Gpu,
    choice: KernelChoice,
    teacherFile: TeacherFile,
    config: DistillConfig,
    request: GridRequest,
    onProgress?: CompileProgress,
  ): Promise<Session> {
    const engine = new Engine(gpu, choice);
    try {
      const teacher = await gpu.checked('the teacher', () => uploadTeacher(engine, teacherFile));
      const trainer = await Trainer.create(engine, teacher, PROMPTS_ONLY, config, onProgress);
      return new Session(engine, teacher, trainer, request);
    } catch (error) {
      engine.destroy();
      throw error;
    }
  }

  get trainer(): Trainer {
    return this.#trainer;
  }

  /** Number of the student's parameters. */
  get parameterCount(): number {
    return this.#teacher.parameters.layout.count;
  }

  /** Bytes held on the GPU. */
  get memoryBytes(): number {
    return this.#engine.memoryBytes;
  }

  /** Distinct pipelines compiled. */
  get pipelineCount(): number {
    return this.#engine.pipelineCount;
  }

  /** Trains one iteration. Throws DivergedError when its figures are not finite. */
  async iterate(timer?: DispatchTimer): Promise<IterationFigures> {
    const figures = await this.#trainer.iterate(timer);
    const { iteration, caNorm, dmNorm, criticLoss, imageMean, imageVariance } = figures;
    const finite = [caNorm ?? 0, dmNorm ?? 0, criticLoss ?? 0, imageMean, imageVariance];
    if (!finite.every(Number.isFinite)) {
      throw new DivergedError(`The student diverged at iteration ${iteration}.`);
    }
    return figures;
  }

  /** Changes prompts and noise of all grids from now on; drawings under way must be done. */
  async setGrid(request: GridRequest): Promise<void> {
    const grid = toGrid(request);
    const old = this.#sampler;
    const changed = grid.count !== this.#grid.count;
    // Exchanged before the first await, so that no drawing begins on a sampler that is going.
    if (changed) this.#sampler = new Sampler(this.#engine, this.#teacher, grid.count);
    this.#grid = grid;
    if (changed) await old.destroy();
  }

  /** Shape of a grid: (count, channels, height, width). */
  get gridShape(): readonly [number, number, number, number] {
    return this.#sampler.shape;
  }

  /** Draws the grid by one of the samplers; values mostly in [-1, 1]. */
  draw(sampler: GridSampler): Promise<Float32Array<ArrayBuffer>> {
    switch (sampler) {
      case 'student': {
        const { config, student } = this.#trainer;
        return this.#sampler.fewStep(student.parameters, config.student.steps, this.#grid);
      }
      case 'teacherOneStep':
        return this.#sampler.fewStep(this.#teacher.parameters, 1, this.#grid);
      case 'teacherGuided':
        return this.#sampler.guided(REFERENCE_STEPS, REFERENCE_GUIDANCE, this.#grid);
    }
  }

  /** The student's weights as a safetensors file with its configuration as metadata. */
  async exportStudent(weights: 'raw' | 'average'): Promise<Uint8Array> {
    const { student, config, iteration } = this.#trainer;
    const set =
      weights === 'average' ? (student.average ?? student.parameters) : student.parameters;
    const flat = await this.#engine.memory.read(set.flat);
    const tensors = [...unflattenParameters(set.layout, flat)].map(([name, tensor]) => ({
      name,
      ...tensor,
    }));
    return writeSafetensors(tensors, {
      ...ditMetadata(this.#teacher.config),
      role: 'student',
      weights,
      iteration: String(iteration),
      config: JSON.stringify(config),
    });
  }

  /** Frees everything on the GPU; the device stays. */
  destroy(): void {
    this.#trainer.destroy();
    this.#engine.destroy();
  }
}

const toGrid = ({ prompts, seed }: GridRequest): Grid => ({
  rows: promptRows(prompts),
  count: prompts.length,
  seed,
});
