import type { OwnSource } from '../../lab/own/source';
import type { TeacherFigures } from '../../training/figures';
import type { LossRow } from '../../training/lossLog';
import type { TeacherRecipe } from '../../training/recipe';
import type { AdapterSummary, ErrorCode, Explanation } from '../protocol/reports';

/** Raised with every incompatible change; page and Worker refuse each other when it differs. */
export const TEACHER_PROTOCOL_VERSION = 2;

/** The folder of the browser's storage that holds trainings and teachers of one's own. */
export const TEACHER_FOLDER = 'teachers';

/** What is kept of a task: a training that can be gone on with, and a teacher that can be used. */
export const keptTrainingId = (task: string): string => `training-${task}`;
export const ownTeacherId = (task: string): string => `own-${task}`;
/** A network made elsewhere, with its description. */
export const foreignTeacherId = (task: string): string => `foreign-${task}`;

/** Where a training's images come from. */
export interface Origin {
  /** The page's address. */
  readonly site: string;
  /** The task as data where it is a visitor's own; null where it comes with the page. */
  readonly own: OwnSource | null;
}

/** What the page may ask. Commands are carried out one after another, in the order sent. */
export type TeacherCommand =
  /** Asks what is kept; answered by a `kept` report. */
  | { readonly type: 'look'; readonly task: string }
  /** Times a few steps of a recipe; answered by an `estimate` report. */
  | { readonly type: 'estimate'; readonly recipe: TeacherRecipe; readonly own: OwnSource | null }
  /** Begins anew; what was kept of another training is forgotten. */
  | ({ readonly type: 'start'; readonly recipe: TeacherRecipe } & Origin)
  /** Goes on with the training that was kept. */
  | ({ readonly type: 'goOn'; readonly task: string } & Origin)
  /** Holds the training, and keeps it. */
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Ends the training for good and forgets its checkpoint. */
  | { readonly type: 'stop' }
  | { readonly type: 'forget'; readonly task: string }
  /** Measures the teacher as it is; `judge`: address of the task's classifier. */
  | { readonly type: 'measure'; readonly judge: string; readonly samples: number }
  /** Asks for the teacher as it is; answered by a `file` report. */
  | { readonly type: 'export' }
  /** Keeps the teacher as it is, to distil from; answered by an `own` report. */
  | { readonly type: 'use' };

export type TeacherState = 'idle' | 'preparing' | 'training' | 'paused' | 'done' | 'failed';

export type TeacherStage =
  'device' | 'tuning' | 'images' | 'compiling' | 'timing' | 'restoring' | 'measuring';

/** Something that training survives. */
export type TeacherNoticeCode = 'quota' | 'no-storage' | 'no-judge' | 'refused';

/** What the Worker reports. */
export type TeacherReport =
  | { readonly type: 'state'; readonly state: TeacherState }
  | {
      readonly type: 'progress';
      readonly stage: TeacherStage;
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'adapter'; readonly adapter: AdapterSummary }
  /** In words, e.g. `avatars, step 40 of 6000`; null: nothing. */
  | { readonly type: 'kept'; readonly training: string | null; readonly own: string | null }
  | { readonly type: 'estimate'; readonly recipe: TeacherRecipe; readonly secondsPerStep: number }
  /** A training is prepared. */
  | {
      readonly type: 'ready';
      readonly recipe: TeacherRecipe;
      readonly step: number;
      readonly parameterCount: number;
      /** Losses so far. */
      readonly rows: readonly LossRow[];
    }
  /** At most ten a second. */
  | {
      readonly type: 'losses';
      /** Where the means stand now. */
      readonly now: LossRow;
      /** New rows of the curve. */
      readonly rows: readonly LossRow[];
      readonly stepsPerSecond: number;
    }
  /** Pictures of the teacher as it is, for the same prompts and noise each time. */
  | {
      readonly type: 'samples';
      readonly step: number;
      readonly guidance: number;
      readonly images: Float32Array<ArrayBuffer>;
      readonly shape: readonly [number, number, number, number];
    }
  | { readonly type: 'saved'; readonly step: number }
  | { readonly type: 'figures'; readonly step: number; readonly figures: TeacherFigures }
  | { readonly type: 'file'; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'own'; readonly bytes: Uint8Array<ArrayBuffer> }
  | ({ readonly type: 'notice'; readonly code: TeacherNoticeCode } & Explanation)
  /** The training ended; what was kept of it still is. */
  | ({ readonly type: 'error'; readonly code: ErrorCode | 'diverged' } & Explanation);
