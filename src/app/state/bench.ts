import { create } from 'zustand';
import type { DistillConfig, TermId } from '../../distill/config';
import { MOST_ARMS, parseArmConfig, parseLabConfig } from '../../lab/config';
import type { ArmConfig, ArmId, LabConfig, LabConfigInput } from '../../lab/config';
import type { EvaluationOptions } from '../../lab/evaluationOptions';
import { FIRST_EVALUATION, FIRST_LAB, placesOf } from '../../lab/setUp/setUp';
import { firstFreeColor } from '../lib/colors';

/** An arm as a visitor has set it up: it outlives pauses, resets and failures. */
export interface Arm {
  readonly id: ArmId;
  readonly name: string;
  readonly config: ArmConfig;
  /** What it was set up as, by an experiment, a file or the page's defaults: what it is reset to. */
  readonly origin: ArmConfig;
  /** Place of its colour in the palette; it keeps it wherever it is drawn. */
  readonly color: number;
  /** The arm whose state it goes on from when it is added to a run; null: it begins anew. */
  readonly like: ArmId | null;
}

/** What all arms share; it takes effect when a run begins. */
export type Shared = Pick<LabConfig, 'seed' | 'batch' | 'prompts'>;

/** Everything that a visitor sets. */
export interface BenchSlice {
  readonly shared: Shared;
  /** How the arms are measured; it takes effect when a run begins. */
  readonly evaluation: EvaluationOptions;
  /** One to MOST_ARMS. */
  readonly arms: readonly Arm[];
  /** The arm that the controls act on. */
  readonly selected: ArmId;
  /** Counts the arms ever made, so that ids and names are not used twice. */
  readonly made: number;
}

/**
 * What a lab's configuration says of the bench; arms keep the ids and names that it gives, and the
 * places in the palette that are given beside it.
 */
export const benchOf = (
  input: LabConfigInput,
  colors?: readonly number[],
): Omit<BenchSlice, 'evaluation'> => {
  const { seed, batch, prompts, arms } = parseLabConfig(input);
  const places = placesOf(arms.length, colors);
  return {
    shared: { seed, batch, prompts },
    arms: arms.map((arm, at) => ({
      ...arm,
      origin: arm.config,
      color: places[at] ?? at,
      like: null,
    })),
    selected: arms[0]?.id ?? '',
    made: arms.length,
  };
};

export const useBench = create<BenchSlice>()(() => ({
  ...benchOf(FIRST_LAB),
  evaluation: FIRST_EVALUATION,
}));

/** The arm of that id; undefined when it is gone. */
export const armOf = ({ arms }: Pick<BenchSlice, 'arms'>, id: ArmId): Arm | undefined =>
  arms.find((arm) => arm.id === id);

/** The arm that the controls act on. There always is one. */
export const selectedArm = ({ arms, selected }: BenchSlice): Arm => {
  const arm = arms.find(({ id }) => id === selected) ?? arms[0];
  if (arm === undefined) throw new RangeError('A bench has at least one arm.');
  return arm;
};

/** Replaces the selected arm's configuration by what `change` makes of it. */
export const changeArm = (change: (config: ArmConfig) => ArmConfig): void => {
  useBench.setState((bench) => {
    const { id } = selectedArm(bench);
    return {
      arms: bench.arms.map((arm) => (arm.id === id ? { ...arm, config: change(arm.config) } : arm)),
    };
  });
};

/** Replaces parts of what all arms share. */
export const changeShared = (part: Partial<Shared>): void => {
  useBench.setState(({ shared }) => ({ shared: { ...shared, ...part } }));
};

/** Replaces parts of how the arms are measured. */
export const changeEvaluation = (part: Partial<EvaluationOptions>): void => {
  useBench.setState(({ evaluation }) => ({ evaluation: { ...evaluation, ...part } }));
};

/** Adds an arm with the page's defaults and selects it. It begins at the teacher, in a run as well. */
export const addArm = (): void => {
  useBench.setState((bench) => {
    const config = parseArmConfig({});
    return withArm(bench, { config, origin: config, like: null });
  });
};

/** Makes an arm like the selected one and selects it. It goes on from that arm's state in a run. */
export const duplicateArm = (): void => {
  useBench.setState((bench) => {
    const { id: like, config, origin } = selectedArm(bench);
    return withArm(bench, { config, origin, like });
  });
};

/** The bench with one arm more, which is selected; as it is where no more may be made. */
const withArm = (
  bench: BenchSlice,
  part: Pick<Arm, 'config' | 'origin' | 'like'>,
): Partial<BenchSlice> => {
  if (bench.arms.length >= MOST_ARMS) return bench;
  const made = bench.made + 1;
  const id = freeId(bench.arms, made);
  const color = firstFreeColor(bench.arms.map((arm) => arm.color));
  const arm: Arm = { id, name: freeName(bench.arms, made), color, ...part };
  return { arms: [...bench.arms, arm], selected: id, made };
};

/** Gives an arm back the settings that it was set up with. */
export const resetArm = (id: ArmId): void => {
  useBench.setState(({ arms }) => ({
    arms: arms.map((arm) => (arm.id === id ? { ...arm, config: arm.origin } : arm)),
  }));
};

/** Gives an arm another colour of the palette; an arm that has it takes this one's in exchange. */
export const recolorArm = (id: ArmId, color: number): void => {
  useBench.setState((bench) => {
    const before = armOf(bench, id)?.color;
    if (before === undefined) return bench;
    return {
      arms: bench.arms.map((arm) => {
        if (arm.id === id) return { ...arm, color };
        return arm.color === color ? { ...arm, color: before } : arm;
      }),
    };
  });
};

/** Removes an arm, but never the last one. */
export const removeArm = (id: ArmId): void => {
  useBench.setState((bench) => {
    const index = bench.arms.findIndex((arm) => arm.id === id);
    if (index < 0 || bench.arms.length === 1) return bench;
    const arms = bench.arms.filter((arm) => arm.id !== id);
    const neighbour = arms[Math.min(index, arms.length - 1)]?.id ?? '';
    return { arms, selected: bench.selected === id ? neighbour : bench.selected };
  });
};

/** Gives an arm another name. */
export const renameArm = (id: ArmId, name: string): void => {
  useBench.setState(({ arms }) => ({
    arms: arms.map((arm) => (arm.id === id ? { ...arm, name } : arm)),
  }));
};

/** Makes the controls act on an arm. */
export const selectArm = (id: ArmId): void => useBench.setState({ selected: id });

/** The bench as a lab's configuration. */
export const labConfigOf = ({ shared, arms }: Pick<BenchSlice, 'shared' | 'arms'>): LabConfig => ({
  version: 1,
  ...shared,
  arms: arms.map(({ id, name, config }) => ({ id, name, config })),
});

const freeId = (arms: readonly Arm[], made: number): ArmId => {
  const taken = new Set(arms.map(({ id }) => id));
  let number = made;
  while (taken.has(`arm-${number}`)) number++;
  return `arm-${number}`;
};

const freeName = (arms: readonly Arm[], made: number): string => {
  const taken = new Set(arms.map(({ name }) => name));
  let number = made;
  while (taken.has(`Arm ${number}`)) number++;
  return `Arm ${number}`;
};

/** `config` with parts of one term replaced. */
export const withTerm = <Id extends TermId>(
  config: ArmConfig,
  id: Id,
  part: Partial<DistillConfig['terms'][Id]>,
): ArmConfig => ({
  ...config,
  terms: { ...config.terms, [id]: { ...config.terms[id], ...part } },
});

/** `config` with parts of the student replaced. */
export const withStudent = (config: ArmConfig, part: Partial<ArmConfig['student']>): ArmConfig => ({
  ...config,
  student: { ...config.student, ...part },
});

/** `config` with parts of the critic replaced. */
export const withCritic = (config: ArmConfig, part: Partial<ArmConfig['critic']>): ArmConfig => ({
  ...config,
  critic: { ...config.critic, ...part },
});

/** `config` with parts of the discriminator replaced. */
export const withDiscriminator = (
  config: ArmConfig,
  part: Partial<ArmConfig['discriminator']>,
): ArmConfig => ({ ...config, discriminator: { ...config.discriminator, ...part } });
