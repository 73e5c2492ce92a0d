import type { IterationFigures } from '../../distill/figures';
import type { Solo } from '../../distill/solo';
import { Trainer } from '../../distill/trainer';
import { PhiloxStream } from '../../graph/philox';
import type { CompileProgress, Engine } from '../../graph/engine';
import type { Mixture } from '../../tasks/mixture/mixture';
import { drawPoints, mixtureData } from '../../tasks/mixture/teacher/data';
import type { FitControl, FitOptions } from '../../tasks/mixture/teacher/fit';
import { openMixtureTeacher, type MixtureTeacher } from '../../tasks/mixture/teacher/teacher';
import { Arm } from '../arm';
import { distillConfigOf, type ArmConfig } from '../config';
import { allFinite, notFinite } from '../halts';
import type { Halt } from '../record';
import { MixtureCamera, POINTS, type Exposure } from './camera';
import { DEFAULT_FIT } from './defaults';
import { DivergenceMeter, spreadOf } from './divergence';
import type { MixtureFigures, MixtureLook, MixturePicture } from './picture';

export interface MixtureLabOptions {
  readonly mixture: Mixture;
  readonly config: ArmConfig;
  /** Points an update. */
  readonly batch: number;
  /** u32. */
  readonly seed: number;
  readonly fit?: Omit<FitOptions, 'seed'>;
  /** Of the fit; aborting it rejects `create` with the signal's reason. */
  readonly control?: FitControl;
  readonly onCompile?: CompileProgress;
}

/** Stream and step of the teacher's own points, which no training draws from. */
const REAL_POINTS = { stream: 1000, step: 0 } as const;

type Updates = Omit<MixtureFigures, 'spread' | 'divergence' | 'divergenceFloor'>;

const updatesOf = (iteration: number, figures: IterationFigures | null): Updates => ({
  iteration,
  caNorm: figures?.caNorm ?? null,
  dmNorm: figures?.dmNorm ?? null,
  meanVarianceNorm: figures?.meanVarianceNorm ?? null,
  ganNorm: figures?.ganNorm ?? null,
  updateCosine: figures?.updateCosine ?? null,
  criticLoss: figures?.criticLoss ?? null,
});

/**
 * One student of points in training, from an exact teacher, and pictures of it. The engine is the
 * caller's; whoever makes a lab destroys it.
 */
export class MixtureLab {
  readonly #arm: Arm;
  readonly #teacher: MixtureTeacher;
  readonly #camera: MixtureCamera;
  readonly #meter: DivergenceMeter;
  /** The class of each point of a picture of all classes: as many of each as the teacher drew. */
  readonly #classes: Int32Array<ArrayBuffer>;
  readonly #divergenceFloor: number;
  #figures: IterationFigures | null = null;
  #submitted: Promise<unknown> = Promise.resolve();

  private constructor(
    engine: Engine,
    teacher: MixtureTeacher,
    arm: Arm,
    { mixture, seed }: MixtureLabOptions,
  ) {
    this.#arm = arm;
    this.#teacher = teacher;
    const random = new PhiloxStream(seed, REAL_POINTS.stream, REAL_POINTS.step);
    const { points, classes } = drawPoints(mixture, random, POINTS);
    this.#classes = classes;
    this.#meter = new DivergenceMeter(mixture);
    this.#divergenceFloor = this.#meter.of(points, classes);
    this.#camera = new MixtureCamera(engine, teacher, classes, seed);
  }

  /**
   * Fits the networks' start and prepares the student's programs. Throws GpuError when the GPU has no
   * memory for them.
   */
  static async create(engine: Engine, options: MixtureLabOptions): Promise<MixtureLab> {
    const { mixture, config, batch, seed, fit = DEFAULT_FIT, control, onCompile } = options;
    const teacher = await openMixtureTeacher(engine, mixture, { ...fit, seed }, control);
    let trainer: Trainer | undefined;
    try {
      const complete = distillConfigOf({ seed, batch, prompts: 'partial' }, config);
      const data = mixtureData(mixture);
      trainer = await Trainer.create(engine, teacher, data, complete, onCompile);
      const arm = new Arm({ id: 'student', name: 'Student' }, trainer, await trainer.save());
      return new MixtureLab(engine, teacher, arm, options);
    } catch (error) {
      trainer?.destroy();
      teacher.destroy();
      throw error;
    }
  }

  get config(): ArmConfig {
    return this.#arm.view().config;
  }

  /** Iterations submitted. */
  get iteration(): number {
    return this.#arm.trainer.iteration;
  }

  /** Why the student stands still; undefined while it can go on. */
  get halt(): Halt | undefined {
    return this.#arm.view().halt;
  }

  /** Root mean square error of the networks' start against the exact velocity. */
  get fitError(): number {
    return this.#teacher.fitError;
  }

  /**
   * One iteration; resolves to its figures when the GPU is done, or to null when they end in a halt:
   * then the student is back at its last good state, until it is configured anew. With a `solo` only
   * that network is updated, once.
   */
  async iterate(solo: Solo | null = null): Promise<IterationFigures | null> {
    if (this.#arm.halted) return null;
    const figures = this.#arm.iterate(undefined, undefined, solo);
    this.#submitted = Promise.allSettled([this.#submitted, figures]);
    const done = await figures;
    if (done) this.#figures = done;
    return done;
  }

  /** Changes the configuration with the next iteration; a halted student goes on. */
  async configure(config: ArmConfig, onProgress?: CompileProgress): Promise<void> {
    await this.#arm.configure(config, onProgress);
  }

  /**
   * The student as of the iterations submitted so far. One whose points are no longer finite is
   * halted, and seen as it was in its last good state.
   */
  async picture(look: MixtureLook): Promise<MixturePicture> {
    let { iteration } = this.#arm.trainer;
    let exposure = await this.#expose(look);
    if (!allFinite(exposure.all)) {
      await this.#arm.halt(notFinite('points'), iteration);
      ({ iteration } = this.#arm.trainer);
      exposure = await this.#expose(look);
    }
    const { all, ...seen } = exposure;
    return {
      ...seen,
      look,
      figures: {
        ...updatesOf(iteration, this.#figures),
        spread: spreadOf(all),
        divergence: this.#meter.of(all, this.#classes),
        divergenceFloor: this.#divergenceFloor,
      },
    };
  }

  /** Frees its memory when what is under way is done. */
  async destroy(): Promise<void> {
    await this.#submitted;
    await this.#arm.settled();
    await this.#camera.destroy();
    this.#arm.destroy();
    this.#teacher.destroy();
  }

  #expose(look: MixtureLook): Promise<Exposure> {
    const exposure = this.#camera.take(this.#arm.trainer, look);
    this.#submitted = Promise.allSettled([this.#submitted, exposure]);
    return exposure;
  }
}
