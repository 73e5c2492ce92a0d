import { Microscope, type Inspection } from '../distill/microscope';
import type { Teacher } from '../distill/networks';
import type { Grid } from '../distill/sampler';
import type { Trainer } from '../distill/trainer';
import type { NoiseLevel } from '../flow/time';
import type { Engine } from '../graph/engine';
import { PhiloxStream } from '../graph/philox';
import { imagesOf, type OpenTask } from '../tasks/task';
import { Easel, holdWeights } from './easel';
import { stepsOfGrid, toGrid, type GridRequest, type GridSource, type RealGrid } from './grid';
import type { LabMaterial } from './labOptions';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from './reference';

/** Random stream of what real images show beyond their prompts, apart from those of training. */
const REAL_STREAM = 0x7265616c;

/** Draws the grid that a lab shows, by any of its students or by the teacher, and looks into it. */
export class Studio {
  readonly #engine: Engine;
  readonly #teacher: Teacher;
  readonly #microscope: Microscope;
  readonly #task: OpenTask;
  #easel: Easel;
  #request: GridRequest;
  #looks: Promise<unknown> = Promise.resolve();

  constructor(
    engine: Engine,
    teacher: Teacher,
    { task, grid: request }: Pick<LabMaterial, 'task' | 'grid'>,
  ) {
    this.#task = task;
    this.#engine = engine;
    this.#teacher = teacher;
    this.#request = request;
    this.#easel = new Easel(engine, teacher, request.prompts.length);
    this.#microscope = new Microscope(engine, teacher);
  }

  /** Shape of a grid: (count, channels, height, width). */
  get shape(): readonly [number, number, number, number] {
    return this.#easel.shape;
  }

  /** Changes prompts and noise of all grids from now on. */
  async setGrid(request: GridRequest): Promise<void> {
    this.#request = request;
    const old = this.#easel;
    if (request.prompts.length === old.count) return;
    this.#easel = new Easel(this.#engine, this.#teacher, request.prompts.length);
    await old.destroy();
  }

  get #grid(): Grid {
    return toGrid(this.#task.prompts, this.#request);
  }

  /** The grid as a trainer's student would draw it now. */
  async student({ student, config }: Trainer): Promise<Float32Array<ArrayBuffer>> {
    const [easel, grid] = [this.#easel, this.#grid];
    const held = holdWeights(this.#engine, student.parameters);
    try {
      return await easel.fewStep(held.flat, config.student.steps, grid);
    } finally {
      held.release();
    }
  }

  /** The grid of a reference; null for a source that is none (`isReferenceGrid`). */
  reference(source: GridSource): Promise<Float32Array<ArrayBuffer>> | null {
    if (source === 'teacherOneStep') return this.#easel.teacherOneStep(this.#grid);
    if (source === 'teacherGuided') return this.#guided(REFERENCE_STEPS, REFERENCE_GUIDANCE);
    if (source === 'realImages') return Promise.resolve(this.real().images);
    const steps = stepsOfGrid(source);
    return steps === null ? null : this.#guided(steps, 1);
  }

  #guided(steps: number, guidance: number): Promise<Float32Array<ArrayBuffer>> {
    return this.#easel.guided(steps, guidance, this.#grid);
  }

  /** Real images of the grid's prompts. Throws NoImagesError where the task has none. */
  real(): RealGrid {
    const { prompts, seed } = this.#request;
    const images = imagesOf(this.#task);
    const [count, channels, height, width] = this.shape;
    const size = channels * height * width;
    const grid = new Float32Array(count * size);
    const missing = prompts.flatMap((prompt, place) => {
      const image = images.matching(prompt, new PhiloxStream(seed, REAL_STREAM, place));
      if (image) grid.set(image, place * size);
      return image ? [] : [place];
    });
    return { images: grid, missing };
  }

  /** Resolves when the looks asked for so far are done; until then they need their arms' networks. */
  get looked(): Promise<unknown> {
    return this.#looks;
  }

  /** What teacher and critic make of one picture of a student's grid at a noise level. */
  inspect(trainer: Trainer, sample: number, tau: NoiseLevel): Promise<Inspection> {
    const look = this.#microscope.inspect({
      student: trainer.student.parameters,
      critic: trainer.has('critic') ? trainer.critic.parameters : null,
      config: trainer.config,
      grid: this.#grid,
      samples: [sample],
      tau,
      noiseSeed: this.#request.seed,
    });
    this.#looks = Promise.allSettled([this.#looks, look]);
    return look;
  }

  /** Frees its memory when the drawings under way are done. */
  async destroy(): Promise<void> {
    await Promise.allSettled([this.#easel.destroy(), this.#microscope.destroy()]);
  }
}
