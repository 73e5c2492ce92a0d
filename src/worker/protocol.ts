import type { DistillConfig, DistillConfigInput } from '../distill/config';
import type { IterationFigures } from '../distill/trainer';
import type { GridRequest, GridSampler } from '../lab/session';

/** One point of every curve: the figures of one iteration, all finite. */
export type MetricsPoint = IterationFigures;

/** Which grid pictures are for. */
export type GridKind = GridSampler;

/** Raised with every incompatible change; page and worker refuse each other when it differs. */
export const PROTOCOL_VERSION = 1;

/** Which networks a run starts from; `url` is resolved against the page. */
export interface TeacherSource {
  readonly id: string;
  readonly url: string;
}

/** What all grids show from now on; its id comes back with every picture drawn for it. */
export interface GridOrder extends GridRequest {
  readonly id: number;
}

/** What the page may ask. */
export type Command =
  | {
      readonly type: 'start';
      readonly teacher: TeacherSource;
      readonly config: DistillConfigInput;
      readonly grid: GridOrder;
    }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** One iteration, then paused. */
  | { readonly type: 'step' }
  /** Changes what a running student can change; seed, batch and student steps wait for `start`. */
  | { readonly type: 'set'; readonly config: DistillConfigInput }
  /** Draws all grids anew with these prompts and this noise. */
  | { readonly type: 'sample'; readonly grid: GridOrder }
  /** Ends the run and frees its memory; `start` may follow. */
  | { readonly type: 'stop' };

/** A command as it travels. */
export type CommandMessage = Command & { readonly version: number };

/** The adapter, in words that a visitor may read. */
export interface AdapterSummary {
  readonly name: string;
  readonly vendor: string;
  /** True when a CPU emulates the GPU: everything works, slowly. */
  readonly software: boolean;
}

/** Where a run stands. */
export type RunState = 'idle' | 'preparing' | 'running' | 'paused' | 'failed';

/** Why something failed, for the page to choose its words by. */
export type ErrorCode =
  | 'no-webgpu'
  | 'no-adapter'
  | 'device-lost'
  | 'out-of-memory'
  | 'teacher-unreadable'
  | 'bad-config'
  | 'diverged'
  | 'protocol'
  | 'internal';

/** What the worker reports. */
export type Report =
  | { readonly type: 'state'; readonly state: RunState }
  | {
      readonly type: 'ready';
      readonly adapter: AdapterSummary;
      readonly config: DistillConfig;
      readonly parameterCount: number;
      readonly memoryBytes: number;
    }
  /** Preparation: `done` of `total` pieces of the named stage. */
  | {
      readonly type: 'progress';
      readonly stage: 'device' | 'teacher' | 'measuring' | 'compiling' | 'sampling';
      readonly done: number;
      readonly total: number;
    }
  /** At most ten a second; `points` are new since the last report. */
  | {
      readonly type: 'metrics';
      readonly points: readonly MetricsPoint[];
      readonly iterationsPerSecond: number;
      readonly memoryBytes: number;
    }
  /** `images`: Float32Array of shape (n, 3, height, width), RGB in [-1, 1] (may exceed it). */
  | {
      readonly type: 'samples';
      readonly grid: GridKind;
      readonly iteration: number;
      /** Id of the `GridOrder` drawn, so that pictures of an earlier one can be told apart. */
      readonly orderId: number;
      readonly images: Float32Array<ArrayBuffer>;
      readonly shape: readonly [number, number, number, number];
    }
  | {
      readonly type: 'error';
      readonly code: ErrorCode;
      /** What happened, for a person. */
      readonly message: string;
      /** What to do about it. */
      readonly advice: string;
    };

/** A report as it travels. */
export type ReportMessage = Report & { readonly version: number };
