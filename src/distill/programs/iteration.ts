import type { CompileProgress, Engine } from '../../graph/engine';
import type { ArmMemory } from '../arm';
import type { DistillConfig } from '../config';
import { StagedProgram, type StagedSpec } from '../staged';
import type { NetworkId } from '../streams';
import { criticUpdates, discriminatorUpdates, enabledTerms, pointOwner } from '../terms/registry';
import { criticGradient } from './critic';
import { discriminatorGradient } from './discriminator';
import { startsFromTeacher } from './draws';
import { optimizerStep } from './optimizer';
import { studentGradient } from './student';
import { teacherStart } from './teacherStart';

/** How an iteration updates one network. */
export interface UpdatePrograms {
  readonly network: NetworkId;
  /** Updates of this network in an iteration. */
  readonly runs: number;
  /** One for each step of the student's schedule. */
  readonly gradients: readonly StagedProgram[];
  /** Null where nothing teaches the network. */
  readonly optimizer: StagedProgram | null;
}

/** What an iteration consists of, in order. */
export interface IterationPrograms {
  readonly updates: readonly UpdatePrograms[];
  /** Samples of the teacher to start from: their noise, and one Euler step of theirs. */
  readonly start: { readonly noise: StagedProgram; readonly advance: StagedProgram } | null;
}

/** A program by all that it depends on: one key, one program. */
interface Blueprint {
  readonly key: string;
  readonly build: () => StagedSpec;
}

interface UpdateBlueprints {
  readonly network: NetworkId;
  readonly runs: number;
  readonly gradients: readonly Blueprint[];
  readonly optimizer: Blueprint | null;
}

const GRADIENTS: Readonly<Record<NetworkId, typeof studentGradient>> = {
  student: studentGradient,
  critic: criticGradient,
  discriminator: discriminatorGradient,
};

/** The switches that decide what a network's gradient program does; the rest are settings. */
const structureOf = (network: NetworkId, config: DistillConfig): unknown => {
  if (network === 'critic') return null;
  if (network === 'discriminator') return config.discriminator.r1 > 0;
  return enabledTerms(config).map((id) => [id, pointOwner(config, id)]);
};

const updateBlueprints = (
  arm: ArmMemory,
  config: DistillConfig,
  network: NetworkId,
  runs: number,
  learns: boolean,
): UpdateBlueprints => ({
  network,
  runs,
  gradients: Array.from({ length: config.student.steps }, (_, step) => ({
    key: JSON.stringify([
      network,
      step,
      startsFromTeacher(config, step),
      structureOf(network, config),
    ]),
    build: () => GRADIENTS[network](arm, config, step),
  })),
  optimizer: learns
    ? {
        key: `${network} optimizer`,
        build: () => optimizerStep(network, arm.networks[network]),
      }
    : null,
});

const blueprintsOf = (arm: ArmMemory, config: DistillConfig): UpdateBlueprints[] =>
  [
    updateBlueprints(arm, config, 'student', 1, enabledTerms(config).length > 0),
    updateBlueprints(arm, config, 'critic', criticUpdates(config), true),
    updateBlueprints(arm, config, 'discriminator', discriminatorUpdates(config), true),
  ].filter(({ runs }) => runs > 0);

/**
 * The programs of one arm, each planned and compiled once: switching a term off and on again, or
 * between numbers of steps, comes back to what is there.
 */
export class ProgramShelf {
  readonly #engine: Engine;
  readonly #arm: ArmMemory;
  readonly #programs = new Map<string, StagedProgram>();

  constructor(engine: Engine, arm: ArmMemory) {
    this.#engine = engine;
    this.#arm = arm;
  }

  /** The programs of an iteration of `config`; plans and compiles those that are not there yet. */
  async iteration(config: DistillConfig, onProgress?: CompileProgress): Promise<IterationPrograms> {
    const updates = blueprintsOf(this.#arm, config);
    const { noise, advance } = teacherStart(this.#arm);
    const start = startsFromTeacher(config, config.student.steps - 1)
      ? {
          noise: { key: 'teacher noise', build: noise },
          advance: { key: 'teacher advance', build: advance },
        }
      : null;
    await this.#prepare(
      [
        ...(start ? [start.noise, start.advance] : []),
        ...updates.flatMap(({ gradients, optimizer }) => [
          ...gradients,
          ...(optimizer ? [optimizer] : []),
        ]),
      ],
      onProgress,
    );
    return {
      updates: updates.map(({ network, runs, gradients, optimizer }) => ({
        network,
        runs,
        gradients: gradients.map((blueprint) => this.#get(blueprint)),
        optimizer: optimizer && this.#get(optimizer),
      })),
      start: start && { noise: this.#get(start.noise), advance: this.#get(start.advance) },
    };
  }

  destroy(): void {
    for (const program of this.#programs.values()) program.destroy();
    this.#programs.clear();
  }

  async #prepare(wanted: readonly Blueprint[], onProgress?: CompileProgress): Promise<void> {
    const missing = wanted.filter(({ key }) => !this.#programs.has(key));
    if (missing.length === 0) return;
    const programs = await StagedProgram.prepareAll(
      this.#engine,
      missing.map(({ build }) => build()),
      onProgress,
    );
    missing.forEach(({ key }, index) => {
      const program = programs[index];
      if (program) this.#programs.set(key, program);
    });
  }

  #get({ key }: Blueprint): StagedProgram {
    const program = this.#programs.get(key);
    if (!program) throw new RangeError(`The program ${key} was not prepared.`);
    return program;
  }
}
