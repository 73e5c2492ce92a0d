import type { Solo } from '../../distill/solo';
import type { ArmConfigInput, ArmId, ArmSpecInput, LabConfigInput } from '../../lab/config';
import type { EvaluationOptions } from '../../lab/evaluationOptions';
import type { GridRequest } from '../../lab/lab';
import type { Vote } from '../../lab/record';
import type { ExportOrder, StudentChoice, TryOrder } from './takeHome';
import type { OwnSource } from '../../lab/own/source';
import type { ExamineOrder, ForeignTeacherOrder } from './foreign';

/** A file that a run needs; `url` is resolved against the page. */
export interface FileSource {
  readonly id: string;
  readonly url: string;
}

/** The networks that a run starts from. */
export interface Networks {
  /** Id of the task that the page is set up for; a teacher of another one is refused. */
  readonly task: string;
  /** That task as data where it is a visitor's own; null where it comes with the page. */
  readonly own: OwnSource | null;
  /** Where the site's files lie: what the paths of tasks are resolved against. */
  readonly assets: string;
  readonly teacher: FileSource | ForeignTeacherOrder;
  /** The attribute classifier that pictures are judged by; null: no measurements. */
  readonly judge: FileSource | null;
}

/** What all grids show from now on; its id comes back with every picture drawn for it. */
export interface GridOrder extends GridRequest {
  readonly id: number;
}

/** A look through the microscope; its id comes back with the answer. */
export interface InspectionOrder {
  readonly id: number;
  readonly arm: ArmId;
  /** Place of the picture in the grid. */
  readonly sample: number;
  /** Noise level, 0 (noise) to 1 (clean). */
  readonly tau: number;
}

/** Prepares a lab and runs it. What was running before ends. */
export interface StartCommand extends Networks {
  readonly type: 'start';
  readonly lab: LabConfigInput;
  readonly grid: GridOrder;
  readonly evaluation: EvaluationOptions;
  /** Id of the experiment that the lab was made after, whose claims are judged; null: none. */
  readonly experiment: string | null;
}

/** Goes on with a kept run. The rest of what it needs to know was kept with it. */
export interface RestoreCommand extends Networks {
  readonly type: 'restore';
  readonly checkpoint: string;
  readonly grid: GridOrder;
}

/** A change of the arms of a lab, whether it is running or held; a refused one changes nothing. */
export type ArmCommand =
  /** `like`: the new arm goes on from a copy of that arm's state; else it begins at the teacher. */
  | { readonly type: 'addArm'; readonly arm: ArmSpecInput; readonly like: ArmId | null }
  | { readonly type: 'removeArm'; readonly arm: ArmId }
  | { readonly type: 'configureArm'; readonly arm: ArmId; readonly config: ArmConfigInput }
  | { readonly type: 'renameArm'; readonly arm: ArmId; readonly name: string };

/** What the page may ask. Commands are carried out one after another, in the order sent. */
export type Command =
  | StartCommand
  | RestoreCommand
  | ArmCommand
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** One iteration of every arm, or one update of that network alone, then paused. */
  | { readonly type: 'step'; readonly solo?: Solo }
  /** Draws all grids anew with these prompts and this noise. */
  | { readonly type: 'sample'; readonly grid: GridOrder }
  | ({ readonly type: 'inspect' } & InspectionOrder)
  /** A person's vote, for the run's record; answered by a `votes` report. */
  | { readonly type: 'vote'; readonly vote: Vote }
  /** Keeps the run as it stands. */
  | { readonly type: 'checkpoint' }
  /** Looks at a teacher made elsewhere; answered by an `examined` report. */
  | ({ readonly type: 'examine' } & ExamineOrder)
  /** Asks which runs are kept; answered by a `checkpoints` report. */
  | { readonly type: 'list' }
  | { readonly type: 'forget'; readonly checkpoint: string }
  /** Asks for the run's record; answered by a `record` report. */
  | { readonly type: 'record' }
  /** Writes a student as ONNX and runs it beside the engine; answered by an `exported` report. */
  | ({ readonly type: 'export' } & ExportOrder)
  /** Draws with the file that was written last; answered by a `tried` report. */
  | ({ readonly type: 'try' } & TryOrder)
  /** Asks for a student as safetensors; answered by a `weights` report. */
  | ({ readonly type: 'weights' } & StudentChoice)
  /** Ends the run for good, frees its memory and forgets its checkpoint; `start` may follow. */
  | { readonly type: 'stop' };
