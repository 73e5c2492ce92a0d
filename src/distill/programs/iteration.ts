import type { CompileProgress, Engine } from '../../graph/engine';
import type { ArmMemory, CriticBatch } from '../arm';
import type { DistillConfig } from '../config';
import { StagedProgram, type StagedSpec } from '../staged';
import type { NetworkId } from '../streams';
import { criticUpdates, discriminatorUpdates, enabledTerms, pointOwner } from '../terms/registry';
import { criticGradient, criticImages } from './critic';
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
  /** Of the critic: its batch, and what makes its images, one for each step of the schedule. */
  readonly images: {
    readonly batch: CriticBatch;
    readonly programs: readonly StagedProgram[];
  } | null;
  /** One for each step of the student's schedule; of the critic one for all. */
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
  readonly images: { readonly batch: CriticBatch; readonly programs: readonly Blueprint[] } | null;
  readonly gradients: readonly Blueprint[];
  readonly optimizer: Blueprint | null;
}

/** Builds a program for a step of the student's schedule. */
type StepProgram = (arm: ArmMemory, config: DistillConfig, step: number) => StagedSpec;

/** One program for each step; `structure`: the switches that decide what it does, the rest are settings. */
const perStep = (
  arm: ArmMemory,
  config: DistillConfig,
  name: string,
  structure: unknown,
  build: StepProgram,
): Blueprint[] =>
  Array.from({ length: config.student.steps }, (_, step) => ({
    key: JSON.stringify([name, step, startsFromTeacher(config, step), structure]),
    build: () => build(arm, config, step),
  }));

const optimizerOf = (arm: ArmMemory, network: NetworkId): Blueprint => ({
  key: `${network} optimizer`,
  build: () => optimizerStep(network, arm.networks[network]),
});

const studentUpdate = (arm: ArmMemory, config: DistillConfig): UpdateBlueprints => {
  const terms = enabledTerms(config);
  const structure = terms.map((id) => [id, pointOwner(config, id)]);
  return {
    network: 'student',
    runs: 1,
    images: null,
    gradients: perStep(arm, config, 'student', structure, studentGradient),
    optimizer: terms.length > 0 ? optimizerOf(arm, 'student') : null,
  };
};

/** Updates of a one-step student's critic share one pass; else each may be at a step of its own. */
const criticUpdate = (arm: ArmMemory, config: DistillConfig): UpdateBlueprints[] => {
  const runs = criticUpdates(config);
  const batch = arm.criticBatches[config.student.steps === 1 ? runs - 1 : 0];
  if (runs === 0 || !batch) return [];
  const images: StepProgram = (...asked) => criticImages(...asked, batch);
  return [
    {
      network: 'critic',
      runs,
      images: { batch, programs: perStep(arm, config, 'critic images', batch.updates, images) },
      gradients: [{ key: `critic of ${batch.updates}`, build: () => criticGradient(arm, batch) }],
      optimizer: optimizerOf(arm, 'critic'),
    },
  ];
};

const discriminatorUpdate = (arm: ArmMemory, config: DistillConfig): UpdateBlueprints[] => {
  const runs = discriminatorUpdates(config);
  if (runs === 0) return [];
  const structure = config.discriminator.r1 > 0;
  return [
    {
      network: 'discriminator',
      runs,
      images: null,
      gradients: perStep(arm, config, 'discriminator', structure, discriminatorGradient),
      optimizer: optimizerOf(arm, 'discriminator'),
    },
  ];
};

const blueprintsOf = (arm: ArmMemory, config: DistillConfig): UpdateBlueprints[] => [
  studentUpdate(arm, config),
  ...criticUpdate(arm, config),
  ...discriminatorUpdate(arm, config),
];

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
        ...updates.flatMap(({ images, gradients, optimizer }) => [
          ...(images?.programs ?? []),
          ...gradients,
          ...(optimizer ? [optimizer] : []),
        ]),
      ],
      onProgress,
    );
    return {
      updates: updates.map(({ network, runs, images, gradients, optimizer }) => ({
        network,
        runs,
        images: images && {
          batch: images.batch,
          programs: images.programs.map((blueprint) => this.#get(blueprint)),
        },
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
