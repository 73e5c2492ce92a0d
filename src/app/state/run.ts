import { create } from 'zustand';
import type { ImageStatistics } from '../../distill/data';
import type { ArmId } from '../../lab/config';
import type { Standards } from '../../lab/evaluation';
import type { ArmView } from '../../lab/lab';
import type {
  AdapterSummary,
  ErrorCode,
  Explanation,
  RunState,
  Stage,
  TauHistograms,
} from '../../worker/protocol/reports';
import type { Columns } from '../lab/columns';
import type { Latest } from '../lab/curves';
import type { Shared } from './bench';

export interface Progress {
  readonly stage: Stage;
  readonly done: number;
  readonly total: number;
}

export interface Failure extends Explanation {
  readonly code: ErrorCode;
}

/** From which iteration on an arm was moved by which terms. */
export interface Change {
  readonly arm: ArmId;
  readonly iteration: number;
  readonly terms: string;
}

/** The run that is on, or the last one, as last published. */
export interface RunSlice {
  readonly state: RunState;
  readonly progress: Progress | null;
  /** How far students are from the teacher that they imitate: squared error, as a share; null: unknown. */
  readonly imitationError: number | null;
  readonly failure: Failure | null;
  readonly adapter: AdapterSummary | null;
  /** What all arms of the run share; null while there is none. */
  readonly began: Shared | null;
  /** The arms as the lab has them. */
  readonly arms: readonly ArmView[];
  /** Mean and variance that the mean-variance term pulls to. */
  readonly targets: ImageStatistics | null;
  readonly iterationsPerSecond: number | null;
  readonly memoryBytes: number | null;
  readonly iteration: number;
  /** The iteration at which the run was last kept; null: not yet. */
  readonly keptAt: number | null;
  readonly latest: Readonly<Record<ArmId, Latest>>;
  readonly taus: Readonly<Record<ArmId, TauHistograms>>;
  /** All curves of the run. */
  readonly columns: Columns;
  /** Energy by spatial frequency, of the arms that were measured. */
  readonly spectra: Readonly<Record<ArmId, readonly number[]>>;
  /** What students are compared with; null before the first measurement. */
  readonly standards: Standards | null;
  readonly changes: readonly Change[];
}

/** A run of which nothing is known yet. */
export const EMPTY_RUN = {
  imitationError: null,
  failure: null,
  began: null,
  arms: [],
  iterationsPerSecond: null,
  memoryBytes: null,
  iteration: 0,
  keptAt: null,
  latest: {},
  taus: {},
  changes: [],
  spectra: {},
  standards: null,
} as const satisfies Partial<RunSlice>;

export const useRun = create<RunSlice>()(() => ({
  ...EMPTY_RUN,
  state: 'idle',
  progress: null,
  adapter: null,
  targets: null,
  columns: new Map(),
}));

/** An arm's terms in words, with the iterations at which they were changed. */
export const changesInWords = (changes: readonly Change[]): string =>
  changes
    .map(({ iteration, terms }, index) =>
      index === 0 ? terms : `${terms} from iteration ${iteration}`,
    )
    .join(', then ');

/** True while the Worker holds a run that takes commands. */
export const isLive = (state: RunState): boolean => state === 'running' || state === 'paused';
