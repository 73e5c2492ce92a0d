import type { CompileProgress, Engine } from '../graph/engine';
import type { DispatchTimer } from '../graph/executable';
import { armVariables, declareArm, type ArmMemory } from './arm';
import type { DistillConfig } from './config';
import { iterationCost, type IterationCost } from './cost';
import type { TrainingData } from './data';
import { decodeFigures, figuresToRead, type IterationFigures } from './figures';
import type { Teacher, Trainee } from './networks';
import { makeNetwork } from './newNetworks';
import { ProgramShelf, type IterationPrograms } from './programs/iteration';
import { Sequence } from './sequence';
import { asCarriedOut, carriedOut, readBy, type Solo } from './solo';
import { readState, writeState, type TrainerState } from './state';
import type { NetworkId } from './streams';
import { networksOf } from './terms/registry';
import { addUpdate } from './updates';

export type { ImageSource, ImageStatistics, PromptSource, RealImages, TrainingData } from './data';
export type { IterationFigures } from './figures';
export type { TrainerCounters, TrainerState } from './state';

/**
 * Trains one student (Algorithm 1). An iteration is one submission: the student's update, then r
 * updates of the critic and those of the discriminator, each with prompts and noise of its own that
 * depend on seed and iteration only.
 */
export class Trainer {
  readonly #engine: Engine;
  readonly #data: TrainingData;
  readonly #arm: ArmMemory;
  readonly #shelf: ProgramShelf;
  readonly #networks = new Set<NetworkId>();
  #programs: IterationPrograms | undefined;
  #config: DistillConfig;
  #iteration = 0;
  #updates: Readonly<Record<NetworkId, number>> = { student: 0, critic: 0, discriminator: 0 };
  /** The iteration that waits for a teacher outside of the graph; it never rejects. */
  #submitting: Promise<void> | null = null;

  private constructor(engine: Engine, teacher: Teacher, data: TrainingData, config: DistillConfig) {
    this.#engine = engine;
    this.#data = data;
    this.#config = config;
    this.#arm = declareArm(teacher, config.batch);
    this.#shelf = new ProgramShelf(engine, this.#arm);
  }

  /**
   * Makes the networks that the configuration needs as copies of the teacher and compiles its
   * programs. Throws GpuError when there is no memory for them.
   */
  static async create(
    engine: Engine,
    teacher: Teacher,
    data: TrainingData,
    config: DistillConfig,
    onProgress?: CompileProgress,
  ): Promise<Trainer> {
    const trainer = new Trainer(engine, teacher, data, config);
    try {
      await trainer.#take(config, onProgress);
    } catch (error) {
      trainer.destroy();
      throw error;
    }
    return trainer;
  }

  get config(): DistillConfig {
    return this.#config;
  }

  /** Iterations submitted. */
  get iteration(): number {
    return this.#iteration;
  }

  get student(): Trainee {
    return this.#arm.networks.student;
  }

  /** The critic; it holds weights only where `has('critic')`. */
  get critic(): Trainee {
    return this.#arm.networks.critic;
  }

  /** Whether a network was made: something that is or was switched on needs it. */
  has(network: NetworkId): boolean {
    return this.#networks.has(network);
  }

  /**
   * Changes the configuration with the next iteration. Scalars take effect as they are; a switch
   * plans its programs first, and a network that was not needed before starts as a copy of the
   * teacher. Throws a RangeError for what a running student cannot change.
   */
  async configure(config: DistillConfig, onProgress?: CompileProgress): Promise<void> {
    for (const name of ['batch', 'seed'] as const) {
      if (this.#config[name] !== config[name]) {
        throw new RangeError(`${name} can only change when the run starts anew.`);
      }
    }
    await this.#take(config, onProgress);
  }

  /** Resolves when the iteration asked for is submitted; that takes time with a teacher outside. */
  get submitted(): Promise<void> {
    return this.#submitting ?? Promise.resolve();
  }

  /**
   * Submits one iteration; resolves to its figures when the GPU has done it. It is submitted on
   * return, unless the teacher is outside of the graph: then counters move on with `submitted`, before
   * which another iteration is refused with a RangeError. `onSubmitted` is called together with the
   * last submission. With a `solo` only that network is updated, once; the iteration counts as any
   * other, so that its draws are never used again.
   */
  async iterate(
    timer?: DispatchTimer,
    onSubmitted?: () => void,
    solo: Solo | null = null,
  ): Promise<IterationFigures> {
    if (this.#submitting) throw new RangeError('The iteration before is not submitted yet.');
    const config = readBy(this.#config, solo);
    const sequence = new Sequence(this.#engine);
    const counts = { ...this.#updates };
    const iteration = {
      arm: this.#arm,
      data: this.#data,
      config: this.#config,
      number: this.#iteration,
      start: this.#current().start,
    };
    for (const update of carriedOut(this.#current().updates, solo)) {
      for (let run = 0; run < update.runs; run++) {
        addUpdate(sequence, iteration, update, run, () => ++counts[update.network]);
      }
    }
    const { figures } = this.#arm;
    const wanted = figuresToRead(figures, config);
    for (const variable of wanted) sequence.read(variable);
    const values = await this.#submit(sequence, timer, () => {
      this.#iteration = iteration.number + 1;
      this.#updates = counts;
      onSubmitted?.();
    });
    const read = new Map(
      wanted.map((variable, index) => [variable, values[index] ?? new Float32Array()]),
    );
    return asCarriedOut(decodeFigures(figures, config, iteration.number + 1, read), solo);
  }

  /** What an iteration of the current configuration costs. */
  cost(): IterationCost {
    return iterationCost(this.#current());
  }

  /** The state after the iterations submitted so far. */
  save(): Promise<TrainerState> {
    const { student, critic, discriminator } = this.#updates;
    return readState(this.#engine.memory, this.#arm, {
      iteration: this.#iteration,
      studentUpdates: student,
      criticUpdates: critic,
      discriminatorUpdates: discriminator,
    });
  }

  /**
   * Goes on from a saved state: with the same configuration and adapter, bit for bit as the run
   * that it was saved from. Throws a RangeError, and changes nothing, when the state does not fit.
   */
  async restore(state: TrainerState): Promise<void> {
    const { gpu, memory } = this.#engine;
    await this.submitted;
    await gpu.checked('the saved networks', () => {
      const trained = new Set(writeState(memory, this.#arm, state));
      for (const network of this.#networks) {
        if (!trained.has(network)) makeNetwork(memory, this.#arm, network, this.#config.seed);
      }
      for (const network of trained) this.#networks.add(network);
      const { counters } = state;
      this.#iteration = counters.iteration;
      this.#updates = {
        student: counters.studentUpdates,
        critic: counters.criticUpdates,
        discriminator: counters.discriminatorUpdates,
      };
    });
  }

  /** Frees the arm's memory; the teacher stays. */
  destroy(): void {
    this.#shelf.destroy();
    this.#engine.memory.free(armVariables(this.#arm));
  }

  #current(): IterationPrograms {
    if (!this.#programs) throw new RangeError('Nothing is planned.');
    return this.#programs;
  }

  /** Makes ready all that a configuration needs, then takes it over. */
  async #take(config: DistillConfig, onProgress?: CompileProgress): Promise<void> {
    const { gpu, memory } = this.#engine;
    for (const network of networksOf(config)) {
      if (this.#networks.has(network)) continue;
      await gpu.checked(`the ${network}`, () => {
        makeNetwork(memory, this.#arm, network, config.seed);
      });
      this.#networks.add(network);
    }
    this.#programs = await this.#shelf.iteration(config, onProgress);
    this.#config = config;
  }

  /** Submits a sequence; `submitting` tells of it until then. */
  #submit(
    sequence: Sequence,
    timer: DispatchTimer | undefined,
    onSubmitted: () => void,
  ): Promise<Float32Array<ArrayBuffer>[]> {
    let end = (): void => undefined;
    const submitting = sequence.asksOutside
      ? new Promise<void>((resolve) => {
          end = resolve;
        })
      : null;
    this.#submitting = submitting;
    const done = (): void => {
      if (this.#submitting === submitting) this.#submitting = null;
      end();
    };
    const values = sequence.submit(timer, () => {
      onSubmitted();
      done();
    });
    // Where a question finds no answer, nothing is submitted any more.
    values.catch(done);
    return values;
  }
}
