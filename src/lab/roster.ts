import type { TrainingData } from '../distill/data';
import type { Teacher } from '../distill/networks';
import { Trainer } from '../distill/trainer';
import type { CompileProgress, Engine } from '../graph/engine';
import { Arm, type FrozenArm } from './arm';
import {
  distillConfigOf,
  parseLabConfig,
  type ArmId,
  type ArmSpec,
  type LabConfig,
} from './config';

/** What all arms of a lab share. */
export type Shared = Pick<LabConfig, 'seed' | 'batch' | 'prompts'>;

/** An arm that there is not, or no longer. */
export class MissingArmError extends Error {
  override readonly name = 'MissingArmError';
}

/** The arms of a lab, in the order in which they were added. */
export class Roster {
  readonly #engine: Engine;
  readonly #teacher: Teacher;
  readonly #data: TrainingData;
  readonly #shared: Shared;
  #arms: readonly Arm[] = [];

  constructor(engine: Engine, teacher: Teacher, data: TrainingData, shared: Shared) {
    const { seed, batch, prompts } = shared;
    this.#engine = engine;
    this.#teacher = teacher;
    this.#data = data;
    this.#shared = { seed, batch, prompts };
  }

  get arms(): readonly Arm[] {
    return this.#arms;
  }

  /** The configuration as it is now. */
  get config(): LabConfig {
    return this.configOf(this.#arms.map((arm) => arm.view()));
  }

  /** A configuration with other arms. */
  configOf(arms: readonly ArmSpec[]): LabConfig {
    const specs = arms.map(({ id, name, config }) => ({ id, name, config }));
    return { version: 1, ...this.#shared, arms: specs };
  }

  /** Throws MissingArmError for an id that no arm has. */
  get(id: ArmId): Arm {
    const arm = this.#arms.find((one) => one.id === id);
    if (!arm) throw new MissingArmError(`This lab has no arm "${id}".`);
    return arm;
  }

  /**
   * Makes an arm, which takes part from the next round on: at the teacher, or where another stands.
   * Throws ConfigError for an id that is taken or one arm too many, GpuError when there is no memory.
   */
  async add(spec: ArmSpec, from?: FrozenArm, onProgress?: CompileProgress): Promise<void> {
    const trainer = await this.prepare(spec, onProgress);
    await this.join(spec, trainer, from && Promise.resolve(from));
  }

  /** The trainer of an arm that is to join, and all that takes time. */
  prepare(spec: ArmSpec, onProgress?: CompileProgress): Promise<Trainer> {
    this.check(spec);
    const config = distillConfigOf(this.#shared, spec.config);
    return Trainer.create(this.#engine, this.#teacher, this.#data, config, onProgress);
  }

  /** Lets a prepared arm take part; where it cannot, its trainer is freed. */
  async join(spec: ArmSpec, trainer: Trainer, from?: Promise<FrozenArm>): Promise<void> {
    try {
      const frozen = await from;
      if (frozen) await trainer.restore(frozen.state);
      const state = frozen?.state ?? (await trainer.save());
      // Another of that id may have come while this one was prepared.
      this.check(spec);
      this.#arms = [...this.#arms, new Arm(spec, trainer, state, frozen?.record)];
    } catch (error) {
      trainer.destroy();
      throw error;
    }
  }

  /** Lets an arm take part no more; its memory is freed when what it submitted is done, and `idle`. */
  async remove(id: ArmId, idle: Promise<unknown>): Promise<void> {
    const arm = this.get(id);
    this.#arms = this.#arms.filter((one) => one !== arm);
    await idle;
    await release(arm);
  }

  /** Gives an arm another name. Throws ConfigError for one that is empty or too long. */
  rename(id: ArmId, name: string): void {
    const arm = this.get(id);
    const { arms } = this.config;
    parseLabConfig(this.configOf(arms.map((spec) => (spec.id === id ? { ...spec, name } : spec))));
    arm.name = name.trim();
  }

  /** Throws ConfigError where an arm cannot join. */
  check(spec: ArmSpec): void {
    parseLabConfig(this.configOf([...this.config.arms, spec]));
  }

  /** Removes all arms. */
  async destroy(): Promise<void> {
    const arms = this.#arms;
    this.#arms = [];
    await Promise.all(arms.map(release));
  }
}

const release = async (arm: Arm): Promise<void> => {
  await arm.evaluated;
  await arm.settled();
  arm.destroy();
};
