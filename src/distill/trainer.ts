import { PhiloxStream } from '../graph/philox';
import type { CompileProgress, Engine } from '../graph/engine';
import type { DispatchTimer, Executable } from '../graph/executable';
import type { Recording, Settings } from '../graph/recording';
import { variable, type Variable } from '../graph/tensor';
import { needsCritic, enabledTerms } from './terms/registry';
import type { DistillConfig } from './config';
import { declareTrainee, traineeVariables, type Teacher, type Trainee } from './networks';
import { criticGradient, optimizerStep, studentGradient, type ArmMemory } from './programs';
import type { TrainingData } from './data';
import type { IterationFigures } from './figures';
import { iterationCost, type IterationCost, type IterationPrograms } from './cost';
import { configSettings, optimizerSettings, type TraineeId } from './settings';
import { randomStep, STREAMS } from './streams';

export type { ImageSource, ImageStatistics, PromptSource, RealImages, TrainingData } from './data';
export type { IterationFigures } from './figures';
export type { TrainerCounters, TrainerState } from './state';

/** The parts of a configuration that decide which programs exist; the rest are settings. */
const structureOf = (config: DistillConfig): string =>
  JSON.stringify([config.batch, config.student.steps, ...structuralSwitches(config)]);

const structuralSwitches = (config: DistillConfig): unknown[] => [
  enabledTerms(config),
  config.terms.dm.sharedTau,
];

/**
 * Trains one student (Algorithm 1). An iteration is one submission: the student's update and r
 * updates of the critic, each with fresh prompts and noise that depend on seed and iteration only.
 */
export class Trainer {
  readonly student: Trainee;
  readonly critic: Trainee;
  readonly #engine: Engine;
  readonly #teacher: Teacher;
  readonly #data: TrainingData;
  readonly #arm: ArmMemory;
  readonly #programs = new Map<string, IterationPrograms>();
  #optimizers: Readonly<Record<TraineeId, Executable>> | undefined;
  #config: DistillConfig;
  #iteration = 0;
  #studentUpdates = 0;
  #criticUpdates = 0;

  private constructor(engine: Engine, teacher: Teacher, data: TrainingData, config: DistillConfig) {
    const { layout } = teacher.parameters;
    this.#engine = engine;
    this.#teacher = teacher;
    this.#data = data;
    this.#config = config;
    this.student = declareTrainee('student', layout, true);
    this.critic = declareTrainee('critic', layout, false);
    const attributes = Object.keys(teacher.config.attributes).length;
    this.#arm = {
      teacher,
      student: this.student,
      critic: this.critic,
      rows: variable('prompts', [config.batch, attributes], 'i32'),
      figures: variable('figures', [4]),
      criticLoss: variable('critic loss', [1]),
    };
  }

  /** Makes student and critic as copies of the teacher and compiles what the configuration needs. */
  static async create(
    engine: Engine,
    teacher: Teacher,
    data: TrainingData,
    config: DistillConfig,
    onProgress?: CompileProgress,
  ): Promise<Trainer> {
    const trainer = new Trainer(engine, teacher, data, config);
    try {
      await engine.gpu.checked('student and critic', () => {
        trainer.#copyTeacher();
      });
      await trainer.#prepare(config, onProgress);
    } catch (error) {
      trainer.destroy();
      throw error;
    }
    return trainer;
  }

  get config(): DistillConfig {
    return this.#config;
  }

  /** Iterations done. */
  get iteration(): number {
    return this.#iteration;
  }

  /**
   * Changes the configuration. Scalars take effect with the next iteration; switching a term plans
   * its programs first. Throws a RangeError for what a running student cannot change.
   */
  async configure(config: DistillConfig, onProgress?: CompileProgress): Promise<void> {
    for (const [name, before, after] of [
      ['batch', this.#config.batch, config.batch],
      ['student.steps', this.#config.student.steps, config.student.steps],
      ['seed', this.#config.seed, config.seed],
    ] as const) {
      if (before !== after) {
        throw new RangeError(`${name} can only change when the run starts anew.`);
      }
    }
    await this.#prepare(config, onProgress);
    this.#config = config;
  }

  /** Submits one iteration; resolves to its figures when the GPU has done it. */
  iterate(timer?: DispatchTimer): Promise<IterationFigures> {
    const config = this.#config;
    const iteration = this.#iteration++;
    const programs = this.#current();
    const recording = this.#engine.record();
    const common = configSettings(config);

    const trains = enabledTerms(config).length > 0;
    this.#update(recording, programs.student, common, iteration, 0, {});
    if (trains) {
      recording.run(programs.studentOptimizer, {
        ...common,
        ...optimizerSettings('student', ++this.#studentUpdates),
      });
    }
    const updates = needsCritic(config) ? config.critic.updates : 0;
    for (let update = 1; update <= updates; update++) {
      this.#update(recording, programs.critic, common, iteration, update, {
        'loss.carried': update === 1 ? 0 : 1,
        'loss.share': 1 / updates,
      });
      recording.run(programs.criticOptimizer, {
        ...common,
        ...optimizerSettings('critic', ++this.#criticUpdates),
      });
    }
    recording.read(this.#arm.figures).read(this.#arm.criticLoss);
    return recording.submit(timer).then(([figures, loss]) => {
      const [ca, dm, imageMean, imageVariance] = figures ?? [];
      const { ca: caSwitch, dm: dmSwitch } = config.terms;
      return {
        iteration: iteration + 1,
        caNorm: caSwitch.enabled ? (ca ?? NaN) : null,
        dmNorm: dmSwitch.enabled ? (dm ?? NaN) : null,
        meanVarianceNorm: null,
        ganNorm: null,
        updateCosine: null,
        discriminatorLoss: null,
        discriminatorAccuracy: null,
        taus: {},
        criticLoss: updates > 0 ? (loss?.[0] ?? NaN) : null,
        imageMean: imageMean ?? NaN,
        imageVariance: imageVariance ?? NaN,
      };
    });
  }

  /** What an iteration of the current configuration costs. */
  cost(): IterationCost {
    const updates = needsCritic(this.#config) ? this.#config.critic.updates : 0;
    return iterationCost(this.#current(), updates);
  }

  /** Frees the arm's memory; the teacher stays. */
  destroy(): void {
    for (const { student, critic } of this.#programs.values()) {
      for (const program of [...student, ...critic]) program.destroy();
    }
    this.#optimizers?.student.destroy();
    this.#optimizers?.critic.destroy();
    this.#programs.clear();
    this.#engine.memory.free(this.#variables());
  }

  #variables(): Variable[] {
    const { rows, figures, criticLoss } = this.#arm;
    return [
      ...traineeVariables(this.student),
      ...traineeVariables(this.critic),
      rows,
      figures,
      criticLoss,
    ];
  }

  #copyTeacher(): void {
    const { memory } = this.#engine;
    const { flat } = this.#teacher.parameters;
    for (const target of [
      this.student.parameters.flat,
      this.student.average?.flat,
      this.critic.parameters.flat,
    ]) {
      if (target) memory.copy(flat, target);
    }
  }

  #current(): IterationPrograms {
    const programs = this.#programs.get(structureOf(this.#config));
    if (!programs) throw new RangeError('Nothing is planned.');
    return programs;
  }

  /** Plans and compiles the programs of a configuration, unless they are there. */
  async #prepare(config: DistillConfig, onProgress?: CompileProgress): Promise<void> {
    const key = structureOf(config);
    if (this.#programs.has(key)) return;
    const steps = Array.from({ length: config.student.steps }, (_, index) => index);
    const specs = [
      ...steps.map((step) => studentGradient(this.#arm, config, step)),
      ...(needsCritic(config) ? steps.map((step) => criticGradient(this.#arm, config, step)) : []),
      // The optimizers are the same whatever is switched on.
      ...(this.#optimizers
        ? []
        : [optimizerStep('student', this.student), optimizerStep('critic', this.critic)]),
    ];
    const programs = await this.#engine.prepareAll(specs, onProgress);
    if (!this.#optimizers) {
      const [critic, student] = [programs.pop(), programs.pop()];
      if (!critic || !student) throw new RangeError('Nothing was planned.');
      this.#optimizers = { student, critic };
    }
    this.#programs.set(key, {
      student: programs.slice(0, steps.length),
      critic: programs.slice(steps.length),
      studentOptimizer: this.#optimizers.student,
      criticOptimizer: this.#optimizers.critic,
    });
  }

  /** Records the gradient program of a random step of the schedule, with fresh prompts. */
  #update(
    recording: Recording,
    programs: readonly Executable[],
    common: Settings,
    iteration: number,
    update: number,
    extra: Settings,
  ): void {
    const step = randomStep(iteration, update);
    const draw = (stream: number) => new PhiloxStream(this.#config.seed, stream, step);
    const program = programs[draw(STREAMS.studentStep).integer(programs.length)];
    if (!program) throw new RangeError('Nothing is planned.');
    const { batch, prompts } = this.#config;
    const rows = this.#data.prompts(draw(STREAMS.prompts), batch, prompts);
    recording.run(program, { ...common, ...extra, step: { u32: step } }, [[this.#arm.rows, rows]]);
  }
}
