import { Microscope, type Inspection } from '../distill/microscope';
import type { Teacher } from '../distill/networks';
import type { Trainer } from '../distill/trainer';
import type { NoiseLevel } from '../flow/time';
import type { Engine } from '../graph/engine';
import type { PromptSpace } from '../tasks/promptSpace';
import { Easel, holdWeights } from './easel';
import { toGrid, type GridRequest } from './grid';
import type { LabMaterial } from './labOptions';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from './reference';

/** Draws the grid that a lab shows, by any of its students or by the teacher, and looks into it. */
export class Studio {
  readonly #engine: Engine;
  readonly #teacher: Teacher;
  readonly #microscope: Microscope;
  readonly #prompts: PromptSpace;
  #easel: Easel;
  #request: GridRequest;
  #looks: Promise<unknown> = Promise.resolve();

  constructor(
    engine: Engine,
    teacher: Teacher,
    { task, grid: request }: Pick<LabMaterial, 'task' | 'grid'>,
  ) {
    this.#prompts = task.prompts;
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

  /** The grid as a trainer's student would draw it now. */
  async student({ student, config }: Trainer): Promise<Float32Array<ArrayBuffer>> {
    const [easel, grid] = [this.#easel, toGrid(this.#prompts, this.#request)];
    const held = holdWeights(this.#engine, student.parameters);
    try {
      return await easel.fewStep(held.flat, config.student.steps, grid);
    } finally {
      held.release();
    }
  }

  /** The grid as the teacher draws it in one step. */
  teacherOneStep(): Promise<Float32Array<ArrayBuffer>> {
    return this.#easel.teacherOneStep(toGrid(this.#prompts, this.#request));
  }

  /** The grid as the guided teacher draws it in many steps. */
  teacherGuided(): Promise<Float32Array<ArrayBuffer>> {
    return this.#easel.guided(
      REFERENCE_STEPS,
      REFERENCE_GUIDANCE,
      toGrid(this.#prompts, this.#request),
    );
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
      grid: toGrid(this.#prompts, this.#request),
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
