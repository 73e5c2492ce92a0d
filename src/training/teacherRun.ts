import type { CompileProgress, Engine } from '../graph/engine';
import { QuotaError, type CheckpointStore } from '../lab/checkpointStore';
import { allFinite } from '../lab/halts';
import type { TeacherFile } from '../lab/teacher';
import type { TaskImages } from '../tasks/task';
import {
  aboutTeacherCheckpoint,
  checkRecipe,
  readTeacherCheckpoint,
  writeTeacherCheckpoint,
} from './checkpoint';
import { imagePool } from '../tasks/imagePool';
import { initialWeights } from './initialWeights';
import { LossLog, type LossRow } from './lossLog';
import { networkOf, RecipeError, type TeacherRecipe } from './recipe';
import type { ImageTask } from '../tasks/task';
import { TeacherTrainer } from './teacherTrainer';

/** What a training needs. */
export interface RunMaterial {
  readonly engine: Engine;
  readonly task: ImageTask;
  readonly images: TaskImages;
  readonly recipe: TeacherRecipe;
  /** The teacher that the recipe begins `from`; null where it begins from the seed. */
  readonly from: TeacherFile | null;
  /** Where checkpoints go; null: nothing is kept. */
  readonly store: CheckpointStore | null;
  /** Under which id. */
  readonly id: string;
  readonly onProgress?: CompileProgress;
}

/** What a training tells as it goes. */
export interface RunEvents {
  /** After each step; running means. */
  readonly onStep?: (row: LossRow) => void;
  /** A checkpoint was saved. */
  readonly onSave?: (step: number) => void;
  /** There was no room for one; the last is kept and training goes on. */
  readonly onFull?: (error: QuotaError) => void;
}

/** How long to train this time. */
export interface TrainRequest extends RunEvents {
  /** Step to stop at; all of them unless given. */
  readonly until?: number;
  readonly stop: AbortSignal;
  /** Seconds between two checkpoints. */
  readonly saveEvery: number;
}

/** Numbers ended; the message says what is kept and what to do. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
}

/** Steps submitted before the first has ended: the GPU never waits for the CPU. */
const IN_FLIGHT = 2;

/** The weights that a recipe begins with. Throws RecipeError where `from` does not fit it. */
const beginning = ({ recipe, task, from }: RunMaterial): Float32Array<ArrayBuffer> => {
  const network = networkOf(recipe, task);
  if (!from) return initialWeights(network, recipe.seed);
  if (JSON.stringify(from.config) === JSON.stringify(network)) return from.flat;
  const sizes = (['width', 'depth', 'heads', 'patch'] as const).map(
    (name) => `${name} ${from.config[name]}`,
  );
  throw new RecipeError(
    `The teacher to begin with has ${sizes.join(', ')}; the recipe must have the same, and its task.`,
  );
};

/** One training, from its beginning or its last checkpoint. Whoever opens it destroys it. */
export class TeacherRun {
  readonly trainer: TeacherTrainer;
  readonly #material: RunMaterial;
  readonly #losses: LossLog;
  /** Steps of the last checkpoint; null before the first. */
  #saved: number | null = null;
  /** When that was, or when training began. */
  #savedAt = performance.now();

  private constructor(material: RunMaterial, trainer: TeacherTrainer, losses: LossLog) {
    this.#material = material;
    this.trainer = trainer;
    this.#losses = losses;
  }

  /**
   * Draws the images, compiles, and goes on from the checkpoint where there is one. Throws
   * TeacherCheckpointError where that is of another recipe, RecipeError, GpuError.
   */
  static async open(material: RunMaterial): Promise<TeacherRun> {
    const { engine, task, images, recipe, store, id, onProgress } = material;
    const network = networkOf(recipe, task);
    const weights = beginning(material);
    const bytes = await store?.load(id);
    const kept = bytes ? await readTeacherCheckpoint(bytes) : null;
    if (kept) checkRecipe(kept.recipe, recipe);
    const real = images.draw(recipe.seed, recipe.images, 'training');
    const source = imagePool(real, task.prompts, recipe.dropout);
    const trainer = await TeacherTrainer.create(
      ...([engine, network, recipe, source, weights, onProgress] as const),
    );
    const run = new TeacherRun(material, trainer, new LossLog(recipe.steps, kept?.losses));
    if (kept) {
      trainer.restore(kept.state);
      run.#saved = kept.state.step;
    }
    return run;
  }

  /** Steps done. */
  get step(): number {
    return this.trainer.step;
  }

  get isDone(): boolean {
    return this.step >= this.#material.recipe.steps;
  }

  /** Losses so far. */
  get rows(): readonly LossRow[] {
    return this.#losses.rows;
  }

  /**
   * Trains until all steps are done, `until`, or `stop`, saving now and then. Throws DivergedError
   * where numbers end, GpuError where the device is lost; the last checkpoint is kept.
   */
  async train(request: TrainRequest): Promise<void> {
    const lost = this.#material.engine.gpu.lost.then((error) => {
      throw error;
    });
    lost.catch(() => undefined);
    await Promise.race([this.#train(request), lost]);
  }

  /** Keeps a checkpoint. Throws DivergedError where weights are not finite, QuotaError. */
  async save(): Promise<void> {
    const { store, id, recipe } = this.#material;
    if (!store || this.step === this.#saved) return;
    const state = await this.trainer.save();
    if (![...state.tensors.values()].every(allFinite)) throw this.#diverged('weights', state.step);
    const checkpoint = { recipe, state, losses: this.#losses.toData() };
    const bytes = await writeTeacherCheckpoint(checkpoint);
    await store.save(id, bytes, aboutTeacherCheckpoint(checkpoint));
    this.#saved = state.step;
  }

  /** Frees the networks; the engine stays. */
  destroy(): void {
    this.trainer.destroy();
  }

  async #train({ until, stop, saveEvery, onStep, onSave, onFull }: TrainRequest): Promise<void> {
    const last = Math.min(until ?? Infinity, this.#material.recipe.steps);
    const flying: ReturnType<TeacherTrainer['advance']>[] = [];
    const land = async (): Promise<void> => {
      const figures = await flying.shift();
      if (!figures) return;
      if (!Number.isFinite(figures.loss)) throw this.#diverged('loss', figures.step);
      const row = this.#losses.note(figures);
      onStep?.(row);
    };
    const save = async (): Promise<void> => {
      while (flying.length > 0) await land();
      this.#savedAt = performance.now();
      try {
        await this.save();
        onSave?.(this.step);
      } catch (error) {
        if (!(error instanceof QuotaError)) throw error;
        onFull?.(error);
      }
    };
    try {
      while (!stop.aborted && this.step < last) {
        const step = this.trainer.advance();
        // It is heard when its turn comes, or not at all where an earlier one failed.
        step.catch(() => undefined);
        flying.push(step);
        if (flying.length >= IN_FLIGHT) await land();
        if (performance.now() - this.#savedAt >= 1000 * saveEvery) await save();
      }
      while (flying.length > 0) await land();
      if (stop.aborted || this.isDone) await save();
    } finally {
      // Whoever hears of a failure may free the memory that a step still works in.
      await Promise.allSettled(flying);
    }
  }

  #diverged(what: string, step: number): DivergedError {
    const kept =
      this.#saved === null
        ? 'Nothing was kept yet'
        : `The checkpoint of step ${this.#saved} is kept`;
    return new DivergedError(
      `Training stopped at step ${step}: its ${what} is no longer a finite number. ${kept}; ` +
        `begin again with a learning rate below ${this.#material.recipe.learningRate}.`,
    );
  }
}
