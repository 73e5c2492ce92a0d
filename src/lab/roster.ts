import type { TrainingData } from '../distill/data';
import type { Teacher } from '../distill/networks';
import type { TrainerState } from '../distill/state';
import { Trainer } from '../distill/trainer';
import type { CompileProgress, Engine } from '../graph/engine';
import { Arm } from './arm';
import {
  distillConfigOf,
  parseLabConfig,
  type ArmId,
  type ArmSpec,
  type LabConfig,
} from './config';
import type { ArmRecord } from './record';

/** What all arms of a lab share. */
export type Shared = Pick<LabConfig, 'seed' | 'batch' | 'prompts'>;

/** An arm to make; one that goes on brings its record and state. */
export interface ArmOrigin {
  readonly spec: ArmSpec;
  readonly record?: ArmRecord;
  readonly state?: TrainerState | undefined;
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

  /** Throws a RangeError for an id that no arm has. */
  get(id: ArmId): Arm {
    const arm = this.#arms.find((one) => one.id === id);
    if (!arm) throw new RangeError(`This lab has no arm "${id}".`);
    return arm;
  }

  /**
   * Makes an arm and lets it take part from the next round on. Throws ConfigError for an id that is
   * taken or one arm too many, GpuError when there is no memory for it.
   */
  async add({ spec, record, state }: ArmOrigin, onProgress?: CompileProgress): Promise<void> {
    this.check(spec);
    const trainer = await Trainer.create(
      this.#engine,
      this.#teacher,
      this.#data,
      distillConfigOf(this.#shared, spec.config),
      onProgress,
    );
    try {
      if (state) await trainer.restore(state);
      const arm = new Arm(spec, trainer, state ?? (await trainer.save()), record);
      // Another of that id may have come while this one was prepared.
      this.check(spec);
      this.#arms = [...this.#arms, arm];
    } catch (error) {
      trainer.destroy();
      throw error;
    }
  }

  /** Lets an arm take part no more; its memory is freed when what it submitted is done. */
  async remove(id: ArmId): Promise<void> {
    const arm = this.get(id);
    this.#arms = this.#arms.filter((one) => one !== arm);
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
