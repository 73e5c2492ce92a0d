import { create } from 'zustand';
import type { MixtureFigures, MixtureStage, MixtureState } from '../../../worker/mixture/protocol';
import type { AdapterSummary } from '../../../worker/protocol/reports';
import type { Columns } from '../../lab/columns';
import type { Failure } from '../../state/run';
import type { SetupSlice } from './setup';

/** From which iteration on the run went by which settings. */
export interface SettingsMark {
  readonly iteration: number;
  readonly words: string;
}

/** The run that is on, or the last one, as last published. */
export interface RunSlice {
  readonly state: MixtureState;
  readonly progress: {
    readonly stage: MixtureStage;
    readonly done: number;
    readonly total: number;
  } | null;
  readonly failure: Failure | null;
  readonly adapter: AdapterSummary | null;
  /** What the run began with and cannot change; null while there is none. */
  readonly began: Pick<SetupSlice, 'batch' | 'seed'> | null;
  readonly memoryBytes: number | null;
  readonly iterationsPerSecond: number | null;
  readonly figures: MixtureFigures | null;
  readonly columns: Columns;
  readonly marks: readonly SettingsMark[];
}

/** A run of which nothing is known yet. */
export const EMPTY_RUN = {
  failure: null,
  began: null,
  memoryBytes: null,
  iterationsPerSecond: null,
  figures: null,
  marks: [],
} as const satisfies Partial<RunSlice>;

export const usePlaneRun = create<RunSlice>()(() => ({
  ...EMPTY_RUN,
  state: 'idle',
  progress: null,
  adapter: null,
  columns: new Map(),
}));

/** True while the Worker holds a run that takes commands. */
export const isLive = (state: MixtureState): boolean => state === 'running' || state === 'paused';
