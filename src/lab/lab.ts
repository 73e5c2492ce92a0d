import type { IterationCost } from '../distill/cost';
import type { ImageStatistics, TrainingData } from '../distill/data';
import type { IterationFigures } from '../distill/figures';
import type { Solo } from '../distill/solo';
import type { Inspection } from '../distill/microscope';
import { noiseLevel } from '../flow/time';
import { Engine, type CompileProgress } from '../graph/engine';
import type { DispatchTimer } from '../graph/executable';
import type { LoadOnnxRuntime } from '../interchange/onnx/session';
import { imageShape } from '../models/dit/config';
import type { OpenTask } from '../tasks/task';
import { trainingData } from '../tasks/trainingData';
import type { Arm, ArmView, FrozenArm } from './arm';
import { LabCheckpointError, type LabCheckpoint } from './checkpoint';
import { parseArmConfig, type ArmConfig, type ArmId, type ArmSpec, type LabConfig } from './config';
import { checkImages } from './needsImages';
import { Evaluator, type ReferenceRequest, type Standards } from './evaluation';
import {
  referenceGrids,
  stepsOfGrid,
  type GridRequest,
  type GridSource,
  type RealGrid,
} from './grid';
import { headingOf, newHeading, type Heading } from './heading';
import { Jury } from './jury';
import type { LabMaterial, LabOptions } from './labOptions';
import type { StudentFiles } from './onnx/studentFiles';
import {
  voteSchema,
  type ArmRecord,
  type EvaluationRow,
  type RunRecord,
  type Vote,
} from './record';
import { REFERENCE_GUIDANCE, REFERENCE_STEPS } from './reference';
import { Roster, type Shared } from './roster';
import { Rounds } from './rounds';
import { readTrainee, studentFile, type Student, type StudentWeights } from './studentFile';
import { Studio } from './studio';
import { openTeacher, teacherDigest, type LabTeacher, type TeacherFile } from './teacher';

export type { ArmView } from './arm';
export type { GridRequest, GridSource } from './grid';
export type { LabEvents, LabMaterial, LabOptions } from './labOptions';

/** An arm as it stands, for another to go on from; what made it halt is undone for the copy. */
const copyOf = async (model: Arm): Promise<FrozenArm> => {
  const { record, state } = await model.freeze(Promise.resolve());
  delete record.halt;
  return { record, state };
};

/**
 * Several students in training from one teacher, with the same noise and prompts, so that they
 * differ by their configurations alone. Every round, each arm does one iteration of its own. A lab
 * knows neither page nor file system; whoever makes it destroys it.
 */
export class Lab {
  readonly #engine: Engine;
  readonly #teacher: LabTeacher;
  readonly #task: OpenTask;
  readonly #file: TeacherFile;
  readonly #data: TrainingData;
  readonly #evaluator: Evaluator;
  readonly #rounds: Rounds;
  readonly #roster: Roster;
  readonly #studio: Studio;
  #heading: Heading;

  private constructor(
    engine: Engine,
    teacher: LabTeacher,
    jury: Jury,
    material: LabMaterial,
    heading: Heading,
    shared: Shared,
    pictures: RunRecord['references'],
  ) {
    this.#engine = engine;
    this.#teacher = teacher;
    this.#file = material.teacher;
    this.#heading = heading;
    this.#task = material.task;
    this.#data = trainingData(material.task);
    this.#roster = new Roster(engine, teacher, this.#data, shared);
    this.#studio = new Studio(engine, teacher, material);
    this.#evaluator = new Evaluator(
      engine,
      material.task,
      teacher,
      jury,
      heading.evaluation,
      pictures,
    );
    this.#rounds = new Rounds(this.#evaluator, heading.evaluation, material);
  }

  /**
   * Uploads the teacher and prepares all arms. Throws GpuError when the GPU has no memory for them.
   */
  static async create(options: LabOptions): Promise<Lab> {
    return Lab.#open(options, await newHeading(options), options.config);
  }

  /**
   * Goes on where a checkpoint was taken: every arm as if it had never stopped, bit for bit on the
   * same adapter. Throws LabCheckpointError when it was taken with another teacher or does not fit.
   */
  static async restore(
    material: LabMaterial,
    { record, states, start }: LabCheckpoint,
  ): Promise<Lab> {
    const { id, sha256, foreign } = record.teacher;
    if ((await teacherDigest(material.teacher)) !== sha256) {
      throw new LabCheckpointError(
        `This run was begun with another teacher (${id}); load that one to go on.`,
      );
    }
    if (JSON.stringify(material.teacher.foreign?.spec) !== JSON.stringify(foreign?.spec)) {
      throw new LabCheckpointError(
        `This run was begun with another description of its teacher (${id}); describe it as then to go on.`,
      );
    }
    const teacher = { ...material.teacher, ...(start && { flat: start }) };
    const frozen = record.arms.map((arm, index): FrozenArm => {
      const state = states[index];
      if (!state) throw new LabCheckpointError(`The checkpoint has no state of ${arm.name}.`);
      return { record: arm, state };
    });
    const heading = headingOf(record, material.gpu.info.name);
    return Lab.#open({ ...material, teacher }, heading, record.config, frozen, record.references);
  }

  static async #open(
    material: LabMaterial,
    heading: Heading,
    config: LabConfig,
    frozen: readonly FrozenArm[] = [],
    pictures: RunRecord['references'] = [],
  ): Promise<Lab> {
    const { gpu, choice, judge, task, onProgress } = material;
    for (const arm of config.arms) checkImages(task, arm.config);
    const engine = new Engine(gpu, choice);
    try {
      const teacher = await gpu.checked('the teacher', () => openTeacher(engine, material.teacher));
      const [, ...shape] = imageShape(teacher.config, 1);
      const jury = await Jury.create(engine, task, judge, shape);
      const lab = new Lab(engine, teacher, jury, material, heading, config, pictures);
      for (const [index, spec] of config.arms.entries()) {
        await lab.#roster.add(spec, frozen[index], (done, total) => {
          onProgress?.(index * total + done, config.arms.length * total);
        });
      }
      return lab;
    } catch (error) {
      engine.destroy();
      if (frozen.length === 0 || !(error instanceof RangeError)) throw error;
      throw new LabCheckpointError(`This checkpoint does not fit. ${error.message}`, {
        cause: error,
      });
    }
  }

  /** All arms, in the order in which they were added. */
  get arms(): readonly ArmView[] {
    return this.#roster.arms.map((arm) => arm.view());
  }

  /** The configuration as it is now. */
  get config(): LabConfig {
    return this.#roster.config;
  }

  /** Mean and variance of real images, which the mean-variance term holds students to, if any. */
  get targets(): ImageStatistics | null {
    return this.#task.images && this.#data.statistics;
  }

  /** What students are compared with, measured; null before the first evaluation. */
  get standards(): Standards | null {
    return this.#evaluator.standards;
  }

  /** Number of a student's parameters. */
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

  /** Shape of a grid: (count, channels, height, width). */
  get gridShape(): readonly [number, number, number, number] {
    return this.#studio.shape;
  }

  /**
   * Labs with the same key have the same guided reference images: what `prepareReference` gave to
   * one may be handed to the other.
   */
  get referenceKey(): string {
    const { evaluation, teacher } = this.#heading;
    const { samples, prompts, seed } = evaluation;
    const guidance = `${REFERENCE_STEPS}x${REFERENCE_GUIDANCE}`;
    const spec = teacher.foreign ? `-${JSON.stringify(teacher.foreign.spec)}` : '';
    return `${teacher.sha256}${spec}-${guidance}-${samples}-${prompts}-${seed}`;
  }

  /**
   * One iteration of every arm that is training; resolves to their figures when the GPU is done. An
   * arm that had to halt is left out. Two rounds may be under way at once. Evaluations that are due
   * begin by themselves; a round waits for one only when the same arm's next is due already. With a
   * `solo` every arm updates that network alone, once; one that does not train it stands still. It
   * counts as an iteration, so arms stay in step.
   */
  iterate(
    timer?: DispatchTimer,
    solo: Solo | null = null,
  ): Promise<ReadonlyMap<ArmId, IterationFigures>> {
    return this.#rounds.iterate(() => this.#roster.arms, timer, solo);
  }

  /** Resolves when every round asked for is submitted; then `arms` count it. */
  get submitted(): Promise<void> {
    return this.#rounds.submitted;
  }

  /** Resolves when everything submitted is dealt with, evaluations included. */
  async settled(): Promise<void> {
    await this.submitted;
    const { arms } = this.#roster;
    await Promise.all(arms.map((arm) => arm.evaluated));
    await Promise.all(arms.map((arm) => arm.settled()));
  }

  /**
   * Adds an arm that begins at the teacher or, with `like`, goes on from a copy of another arm's
   * state and record: with the same configuration exactly as that one would. Training goes on
   * meanwhile. Throws ConfigError for an id that is taken or one arm too many, GpuError when there
   * is no memory for it.
   */
  async addArm(spec: ArmSpec, like?: ArmId, onProgress?: CompileProgress): Promise<void> {
    checkImages(this.#task, spec.config);
    if (like === undefined) {
      await this.#roster.add(spec, undefined, onProgress);
      return;
    }
    this.#roster.get(like);
    const trainer = await this.#roster.prepare(spec, onProgress);
    // Between two rounds, so that the copy stands at the iteration of its model, which may have gone
    // while this arm was prepared.
    const copy = async () => copyOf(this.#roster.get(like));
    await this.#rounds.between(() => this.#roster.join(spec, trainer, copy()));
  }

  /** Removes an arm and frees its memory. */
  async removeArm(id: ArmId): Promise<void> {
    await this.#roster.remove(id, this.#studio.looked);
  }

  /**
   * Changes an arm; a halted one goes on from its last good state, and the iterations after it are
   * struck from its record. Throws ConfigError, and GpuError when there is no memory for the change.
   */
  async configureArm(id: ArmId, config: ArmConfig, onProgress?: CompileProgress): Promise<void> {
    const parsed = parseArmConfig(config);
    checkImages(this.#task, parsed);
    await this.#roster.get(id).configure(parsed, onProgress);
  }

  /** Gives an arm another name. Throws ConfigError for one that is empty or too long. */
  renameArm(id: ArmId, name: string): void {
    this.#roster.rename(id, name);
  }

  /** The grids that the arms are compared with, in the order in which they are shown. */
  get references(): readonly GridSource[] {
    const steps = this.#roster.arms.map(({ trainer }) => trainer.config.student.steps);
    return referenceGrids(steps, this.#task.images !== null);
  }

  /** Changes prompts and noise of all grids from now on. */
  setGrid(request: GridRequest): Promise<void> {
    return this.#studio.setGrid(request);
  }

  /** Draws the grid as it would be drawn now; values mostly in [-1, 1]. */
  async draw(source: GridSource): Promise<Float32Array<ArrayBuffer>> {
    if (source === 'teacherGuided') return this.#studio.teacherGuided();
    if (source === 'teacherOneStep') return this.#studio.teacherOneStep();
    if (source === 'realImages') return this.#studio.real().images;
    const steps = stepsOfGrid(source);
    if (steps !== null) return this.#studio.teacherSteps(steps);
    return this.#studio.student(this.#roster.get(source).trainer);
  }

  /** Real images of the grid's prompts. Throws NoImagesError where the task has none. */
  real(): RealGrid {
    return this.#studio.real();
  }

  /**
   * What teacher and critic make of picture `sample` (its place in the grid) of an arm at noise
   * level `tau`, 0 (noise) to 1 (clean).
   */
  async inspect(id: ArmId, sample: number, tau: number): Promise<Inspection> {
    return this.#studio.inspect(this.#roster.get(id).trainer, sample, noiseLevel(tau));
  }

  /** Evaluates an arm as it is now, apart from schedule; null when it had to halt for it. */
  evaluate(id: ArmId): Promise<EvaluationRow | null> {
    return this.#rounds.evaluate(this.#roster.get(id));
  }

  /**
   * Draws and judges what arms are compared with, unless it is done: real images and the guided
   * teacher, which costs many steps an image. Resolves to the latter's images; whoever keeps them
   * may hand them to another lab of the same `referenceKey`.
   */
  prepareReference(request?: ReferenceRequest): Promise<Float32Array<ArrayBuffer>> {
    return this.#evaluator.prepareReference(request);
  }

  /** What people voted so far, also on arms that are gone. */
  get votes(): readonly Vote[] {
    return this.#heading.votes;
  }

  /** Takes down a vote. Throws ConfigError for one on an arm that there is none of. */
  vote(vote: Vote): void {
    const parsed = voteSchema.parse(vote);
    for (const id of parsed.ranking) this.#roster.get(id);
    this.#heading = { ...this.#heading, votes: [...this.#heading.votes, parsed] };
  }

  /** Everything that was run and measured so far. */
  record(): RunRecord {
    return this.#recordOf(this.#roster.arms.map((arm) => arm.record()));
  }

  /** State and record as of the rounds submitted so far; training goes on meanwhile. */
  async checkpoint(): Promise<LabCheckpoint> {
    await this.submitted;
    const frozen = await Promise.all(this.#roster.arms.map((arm) => arm.freeze()));
    return {
      record: this.#recordOf(frozen.map(({ record }) => record)),
      states: frozen.map(({ state }) => state),
      ...(this.#file.foreign && { start: this.#file.flat }),
    };
  }

  /** A student's weights as a safetensors file with its configuration as metadata. */
  async exportStudent(id: ArmId, weights: StudentWeights): Promise<Uint8Array<ArrayBuffer>> {
    return studentFile(await this.student(id, weights));
  }

  /** A student as it is now, for files of any kind. */
  student(id: ArmId, weights: StudentWeights): Promise<Student> {
    const { trainer } = this.#roster.get(id);
    return readTrainee(this.#engine, this.#task, this.#teacher.config, trainer, weights);
  }

  /** Writes its students as ONNX and tries the files. Whoever asks destroys it, before the lab. */
  async files(load: LoadOnnxRuntime): Promise<StudentFiles> {
    // The writer and its protobuf schema come when a file is first asked for.
    const { StudentFiles } = await import('./onnx/studentFiles');
    return new StudentFiles(this.#engine, this.#teacher, load);
  }

  /** What an iteration of an arm costs. */
  cost(id: ArmId): IterationCost {
    return this.#roster.get(id).trainer.cost();
  }

  /** Frees everything on the GPU when what is under way is done; the device stays. */
  async destroy(): Promise<void> {
    this.#evaluator.stop();
    await this.submitted;
    await this.#roster.destroy();
    await Promise.all([this.#studio.destroy(), this.#evaluator.destroy()]);
    this.#engine.destroy();
  }

  #recordOf(arms: ArmRecord[]): RunRecord {
    return {
      ...this.#heading,
      config: this.#roster.configOf(arms),
      arms,
      references: [...this.#evaluator.pictures],
    };
  }
}
