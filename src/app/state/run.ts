import { create } from 'zustand';
import type { DistillConfig } from '../../distill/config';
import type { ChartRow } from '../lab/rows';
import type { Series } from '../lab/series';
import type {
  AdapterSummary,
  ErrorCode,
  MetricsPoint,
  Report,
  RunState,
} from '../../worker/protocol';

export type Stage = Extract<Report, { type: 'progress' }>['stage'];

export interface Progress {
  readonly stage: Stage;
  readonly done: number;
  readonly total: number;
}

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly advice: string;
}

/** From which iteration on a run moved by which terms. */
export interface Change {
  readonly iteration: number;
  readonly terms: string;
}

/** An earlier run, kept to compare with. */
export interface Ghost {
  readonly series: Series;
  readonly changes: readonly Change[];
}

/** The run that is on, or the last one, as last published. */
export interface RunSlice {
  readonly state: RunState;
  readonly progress: Progress | null;
  readonly failure: Failure | null;
  readonly adapter: AdapterSummary | null;
  /** The configuration that the run began with, as the lab understood it. */
  readonly began: DistillConfig | null;
  readonly iterationsPerSecond: number | null;
  readonly memoryBytes: number | null;
  readonly iteration: number;
  /** The newest iteration's figures. */
  readonly latest: MetricsPoint | null;
  /** The curves, with those of the ghost. */
  readonly rows: readonly ChartRow[];
  readonly changes: readonly Change[];
  readonly ghost: Ghost | null;
}

export const useRun = create<RunSlice>()(() => ({
  state: 'idle',
  progress: null,
  failure: null,
  adapter: null,
  began: null,
  iterationsPerSecond: null,
  memoryBytes: null,
  iteration: 0,
  latest: null,
  rows: [],
  changes: [],
  ghost: null,
}));

/** A run's terms in words, with the iterations at which they were changed. */
export const changesInWords = (changes: readonly Change[]): string =>
  changes
    .map(({ iteration, terms }, index) =>
      index === 0 ? terms : `${terms} from iteration ${iteration}`,
    )
    .join(', then ');

/** True while the Worker holds a run that takes commands. */
export const isLive = (state: RunState): boolean => state === 'running' || state === 'paused';
