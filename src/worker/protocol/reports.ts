import type { TauTermId } from '../../distill/config';
import type { ImageStatistics } from '../../distill/data';
import type { IterationFigures } from '../../distill/figures';
import type { Inspection } from '../../distill/microscope';
import type { CheckpointInfo } from '../../lab/checkpointStore';
import type { ArmId, LabConfig } from '../../lab/config';
import type { Standards } from '../../lab/evaluation';
import type { ArmView, GridSource } from '../../lab/lab';
import type { EvaluationRow, RunRecord, Vote } from '../../lab/record';
import type { Verdict } from '../../lab/claims/claim';
import type { Command, InspectionOrder } from './commands';
import type { ExportedFile, TriedFile, WeightsFile } from './takeHome';
import type { Examined } from './foreign';

/** The adapter, in words that a visitor may read. */
export interface AdapterSummary {
  readonly name: string;
  readonly vendor: string;
  /** True when a CPU emulates the GPU: everything works, slowly. */
  readonly software: boolean;
}

/** Where a run stands. */
export type RunState = 'idle' | 'preparing' | 'running' | 'paused' | 'failed';

/** What preparation is busy with. */
export type Stage =
  | 'device'
  /** Pieces are bytes; so they are of the judge, and of ONNX Runtime. */
  | 'teacher'
  | 'imitating'
  | 'judge'
  /** ONNX Runtime, for a teacher or a student's file; also while a run goes on. */
  | 'runtime'
  | 'measuring'
  | 'compiling'
  | 'restoring'
  | 'sampling'
  | 'references';

/** Why something failed, for the page to choose its words by. */
export type ErrorCode =
  | 'no-webgpu'
  | 'no-adapter'
  | 'device-lost'
  | 'out-of-memory'
  | 'teacher-unreadable'
  | 'checkpoint-unreadable'
  | 'own-task-unreadable'
  | 'bad-config'
  | 'protocol'
  | 'internal';

/** Something went wrong that the run survives. */
export type NoticeCode =
  /** The storage is full: the run is no longer kept, the last good checkpoint is. */
  | 'quota'
  /** The browser keeps nothing at all. */
  | 'no-storage'
  /** The classifier cannot be had: training goes on without measurements. */
  | 'no-judge'
  /** A command was refused and changed nothing. */
  | 'refused';

/** One point of every curve of an arm: the figures of one iteration, all finite. */
export type MetricsPoint = Omit<IterationFigures, 'taus'>;

/** How often noise levels were drawn lately, in equal bins from 0 (noise) to 1 (clean). */
export type TauHistograms = Readonly<Partial<Record<TauTermId, readonly number[]>>>;

/** What is new of one arm since the last report. */
export interface ArmMetrics {
  readonly points: readonly MetricsPoint[];
  readonly evaluations: readonly EvaluationRow[];
  readonly taus: TauHistograms;
}

/** The verdict on each claim of the run's experiment, by the claim's id. */
export type Verdicts = Readonly<Record<string, Verdict>>;

/** A message for a person: what happened, and what to do about it. */
export interface Explanation {
  readonly message: string;
  readonly advice: string;
}

/** The run ended; a new start may follow. */
export type ErrorReport = { readonly type: 'error'; readonly code: ErrorCode } & Explanation;

/** What the Worker reports. */
export type Report =
  | { readonly type: 'state'; readonly state: RunState }
  /** Preparation: `done` of `total` pieces of the named stage. */
  | {
      readonly type: 'progress';
      readonly stage: Stage;
      readonly done: number;
      readonly total: number;
    }
  /** A lab is prepared. */
  | {
      readonly type: 'ready';
      readonly adapter: AdapterSummary;
      readonly lab: LabConfig;
      readonly arms: readonly ArmView[];
      readonly experiment: string | null;
      readonly parameterCount: number;
      readonly memoryBytes: number;
      /** Mean and variance that the mean-variance term pulls pictures to (mu*, s2* of Eq. 7); null without real ones. */
      readonly targets: ImageStatistics | null;
      /** The record so far of a kept run that goes on; null for a new one. */
      readonly restored: RunRecord | null;
    }
  /** A teacher made elsewhere was looked at. */
  | ({ readonly type: 'examined' } & Examined)
  /** Students imitate a teacher made elsewhere before they are distilled. */
  | {
      readonly type: 'imitation';
      readonly step: number;
      readonly steps: number;
      /** Mean squared error of the step, as a share of the velocity's mean square. */
      readonly error: number;
    }
  /** All arms as they are now; after every change of one. */
  | { readonly type: 'arms'; readonly arms: readonly ArmView[] }
  /** At most ten a second; arms without news are left out. */
  | {
      readonly type: 'metrics';
      readonly arms: Readonly<Record<ArmId, ArmMetrics>>;
      /** Rounds of all arms. */
      readonly iterationsPerSecond: number;
      readonly memoryBytes: number;
    }
  /** What students are compared with, once a run, before the first evaluation. */
  | { readonly type: 'standards'; readonly standards: Standards }
  | { readonly type: 'verdicts'; readonly verdicts: Verdicts }
  /** `images`: Float32Array of shape (n, 3, height, width), RGB in [-1, 1] (may exceed it). */
  | {
      readonly type: 'samples';
      readonly source: GridSource;
      /** Iterations that an arm was trained for; 0 for what the arms are compared with. */
      readonly iteration: number;
      /** Id of the `GridOrder` drawn, so that pictures of an earlier one can be told apart. */
      readonly orderId: number;
      readonly images: Float32Array<ArrayBuffer>;
      readonly shape: readonly [number, number, number, number];
      /** Places of pictures that there are none of; only among real ones. */
      readonly missing: readonly number[];
    }
  | {
      readonly type: 'inspection';
      readonly order: InspectionOrder;
      /** Of the arm, when it was looked at. */
      readonly iteration: number;
      readonly inspection: Inspection;
    }
  /** The runs that can be gone on with, newest first. */
  | { readonly type: 'checkpoints'; readonly kept: readonly CheckpointInfo[] }
  /** The run was kept as it stood at that iteration. */
  | { readonly type: 'saved'; readonly iteration: number; readonly at: string }
  /** All votes of the run; after each one. */
  | { readonly type: 'votes'; readonly votes: readonly Vote[] }
  | { readonly type: 'record'; readonly record: RunRecord }
  | ({ readonly type: 'exported' } & ExportedFile)
  | ({ readonly type: 'tried' } & TriedFile)
  | ({ readonly type: 'weights' } & WeightsFile)
  | ({
      readonly type: 'notice';
      readonly code: NoticeCode;
      /** The command that was refused. */
      readonly command: Command['type'] | null;
      readonly arm: ArmId | null;
    } & Explanation)
  | ErrorReport;
