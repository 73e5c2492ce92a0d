import type { IterationCost } from '../distill/cost';
import type { ImageStatistics } from '../distill/data';
import type { IterationFigures } from '../distill/figures';
import type { Inspection } from '../distill/microscope';
import type { Solo } from '../distill/solo';
import { noiseLevel } from '../flow/time';
import type { CompileProgress } from '../graph/engine';
import type { DispatchTimer } from '../graph/executable';
import type { LoadOnnxRuntime } from '../interchange/onnx/session';
import type { Arm, ArmView, FrozenArm } from './arm';
import { assemble, type Assembly } from './assembly';
import { keptBeginning, newBeginning } from './beginning';
import type { LabCheckpoint } from './checkpoint';
import { parseArmConfig, type ArmConfig, type ArmId, type ArmSpec, type LabConfig } from './config';
import type { ReferenceRequest, Standards } from './evaluation';
import { referenceGrids, type GridRequest, type GridSource, type RealGrid } from './grid';
import type { LabMaterial, LabOptions } from './labOptions';
import { checkImages } from './needsImages';
import type { StudentFiles } from './onnx/studentFiles';
import type { EvaluationRow, RunRecord, Vote } from './record';
import { readTrainee, studentFile, type Student, type StudentWeights } from './studentFile';

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
  readonly #parts: Assembly;

  private constructor(parts: Assembly) {
    this.#parts = parts;
  }

  /**
   * Uploads the teacher and prepares all arms. Throws ConfigError for arms that do not go with the
   * task, GpuError when the GPU has no memory for them.
   */
  static async create(options: LabOptions): Promise<Lab> {
    return new Lab(await assemble(options, await newBeginning(options)));
  }

  /**
   * Goes on where a checkpoint was taken: every arm as if it had never stopped, bit for bit on the
   * same adapter. Throws LabCheckpointError when it was taken with another teacher or does not fit.
   */
  static async restore(material: LabMaterial, checkpoint: LabCheckpoint): Promise<Lab> {
    return new Lab(await assemble(material, await keptBeginning(material, checkpoint)));
  }

  /** All arms, in the order in which they were added. */
  get arms(): readonly ArmView[] {
    return this.#parts.roster.arms.map((arm) => arm.view());
  }

  /** The configuration as it is now. */
  get config(): LabConfig {
    return this.#parts.roster.config;
  }

  /** Mean and variance of real images, which the mean-variance term holds students to, if any. */
  get targets(): ImageStatistics | null {
    const { task, data } = this.#parts;
    return task.images && data.statistics;
  }

  /** What students are compared with, measured; null before the first evaluation. */
  get standards(): Standards | null {
    return this.#parts.evaluator.standards;
  }

  /** Number of a student's parameters. */
  get parameterCount(): number {
    return this.#parts.teacher.parameters.layout.count;
  }

  /** Bytes held on the GPU. */
  get memoryBytes(): number {
    return this.#parts.engine.memoryBytes;
  }

  /** Distinct pipelines compiled. */
  get pipelineCount(): number {
    return this.#parts.engine.pipelineCount;
  }

  /** Shape of a grid: (count, channels, height, width). */
  get gridShape(): readonly [number, number, number, number] {
    return this.#parts.studio.shape;
  }

  /**
   * Labs with the same key have the same guided reference images: what `prepareReference` gave to
   * one may be handed to the other.
   */
  get referenceKey(): string {
    return this.#parts.chronicle.referenceKey;
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
    return this.#parts.rounds.iterate(() => this.#parts.roster.arms, timer, solo);
  }

  /** Resolves when every round asked for is submitted; then `arms` count it. */
  get submitted(): Promise<void> {
    return this.#parts.rounds.submitted;
  }

  /** Resolves when everything submitted is dealt with, evaluations included. */
  async settled(): Promise<void> {
    await this.submitted;
    const { arms } = this.#parts.roster;
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
    checkImages(this.#parts.task, spec.config);
    if (like === undefined) {
      await this.#parts.roster.add(spec, undefined, onProgress);
      return;
    }
    this.#parts.roster.get(like);
    const trainer = await this.#parts.roster.prepare(spec, onProgress);
    // Between two rounds, so that the copy stands at the iteration of its model, which may have gone
    // while this arm was prepared.
    const copy = async () => copyOf(this.#parts.roster.get(like));
    await this.#parts.rounds.between(() => this.#parts.roster.join(spec, trainer, copy()));
  }

  /** Removes an arm and frees its memory. */
  async removeArm(id: ArmId): Promise<void> {
    await this.#parts.roster.remove(id, this.#parts.studio.looked);
  }

  /**
   * Changes an arm; a halted one goes on from its last good state, and the iterations after it are
   * struck from its record. Throws ConfigError, and GpuError when there is no memory for the change.
   */
  async configureArm(id: ArmId, config: ArmConfig, onProgress?: CompileProgress): Promise<void> {
    const parsed = parseArmConfig(config);
    checkImages(this.#parts.task, parsed);
    await this.#parts.roster.get(id).configure(parsed, onProgress);
  }

  /** Gives an arm another name. Throws ConfigError for one that is empty or too long. */
  renameArm(id: ArmId, name: string): void {
    this.#parts.roster.rename(id, name);
  }

  /** The grids that the arms are compared with, in the order in which they are shown. */
  get references(): readonly GridSource[] {
    const steps = this.#parts.roster.arms.map(({ trainer }) => trainer.config.student.steps);
    return referenceGrids(steps, this.#parts.task.images !== null);
  }

  /** Changes prompts and noise of all grids from now on. */
  setGrid(request: GridRequest): Promise<void> {
    return this.#parts.studio.setGrid(request);
  }

  /** Draws the grid as it would be drawn now; values mostly in [-1, 1]. */
  async draw(source: GridSource): Promise<Float32Array<ArrayBuffer>> {
    const { studio, roster } = this.#parts;
    return studio.reference(source) ?? studio.student(roster.get(source).trainer);
  }

  /** Real images of the grid's prompts. Throws NoImagesError where the task has none. */
  real(): RealGrid {
    return this.#parts.studio.real();
  }

  /**
   * What teacher and critic make of picture `sample` (its place in the grid) of an arm at noise
   * level `tau`, 0 (noise) to 1 (clean).
   */
  async inspect(id: ArmId, sample: number, tau: number): Promise<Inspection> {
    return this.#parts.studio.inspect(this.#parts.roster.get(id).trainer, sample, noiseLevel(tau));
  }

  /** Evaluates an arm as it is now, apart from schedule; null when it had to halt for it. */
  evaluate(id: ArmId): Promise<EvaluationRow | null> {
    return this.#parts.rounds.evaluate(this.#parts.roster.get(id));
  }

  /**
   * Draws and judges what arms are compared with, unless it is done: real images and the guided
   * teacher, which costs many steps an image. Resolves to the latter's images; whoever keeps them
   * may hand them to another lab of the same `referenceKey`.
   */
  prepareReference(request?: ReferenceRequest): Promise<Float32Array<ArrayBuffer>> {
    return this.#parts.evaluator.prepareReference(request);
  }

  /** What people voted so far, also on arms that are gone. */
  get votes(): readonly Vote[] {
    return this.#parts.chronicle.votes;
  }

  /** Takes down a vote. Throws MissingArmError for one on an arm that there is none of. */
  vote(vote: Vote): void {
    this.#parts.chronicle.vote(vote);
  }

  /** Everything that was run and measured so far. */
  record(): RunRecord {
    return this.#parts.chronicle.record();
  }

  /** State and record as of the rounds submitted so far; training goes on meanwhile. */
  async checkpoint(): Promise<LabCheckpoint> {
    await this.submitted;
    return this.#parts.chronicle.checkpoint();
  }

  /** A student's weights as a safetensors file with its configuration as metadata. */
  async exportStudent(id: ArmId, weights: StudentWeights): Promise<Uint8Array<ArrayBuffer>> {
    return studentFile(await this.student(id, weights));
  }

  /** A student as it is now, for files of any kind. */
  student(id: ArmId, weights: StudentWeights): Promise<Student> {
    const { trainer } = this.#parts.roster.get(id);
    return readTrainee(
      this.#parts.engine,
      this.#parts.task,
      this.#parts.teacher.config,
      trainer,
      weights,
    );
  }

  /** Writes its students as ONNX and tries the files. Whoever asks destroys it, before the lab. */
  async files(load: LoadOnnxRuntime): Promise<StudentFiles> {
    // The writer and its protobuf schema come when a file is first asked for.
    const { StudentFiles } = await import('./onnx/studentFiles');
    return new StudentFiles(this.#parts.engine, this.#parts.teacher, load);
  }

  /** What an iteration of an arm costs. */
  cost(id: ArmId): IterationCost {
    return this.#parts.roster.get(id).trainer.cost();
  }

  /** Frees everything on the GPU when what is under way is done; the device stays. */
  async destroy(): Promise<void> {
    this.#parts.evaluator.stop();
    await this.submitted;
    await this.#parts.roster.destroy();
    await Promise.all([this.#parts.studio.destroy(), this.#parts.evaluator.destroy()]);
    this.#parts.engine.destroy();
  }
}
