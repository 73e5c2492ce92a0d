import type { Gpu } from '../gpu/gpu';
import type { CompileProgress } from '../graph/engine';
import type { KernelChoice } from '../graph/kernel';
import type { ClassifierFile } from '../tasks/classifierFile';
import type { OpenTask } from '../tasks/task';
import type { ArmId, LabConfig } from './config';
import type { EvaluationOptions } from './evaluationOptions';
import type { GridRequest } from './grid';
import type { EvaluationRow } from './record';
import type { TeacherFile } from './teacher';

/** What a lab tells whoever made it, as it happens. */
export interface LabEvents {
  /** An arm was evaluated. */
  readonly onEvaluation?: (arm: ArmId, row: EvaluationRow) => void;
  /** An evaluation failed; training goes on. Without this, the next round fails instead. */
  readonly onProblem?: (arm: ArmId, error: unknown) => void;
}

/** What a lab needs, whether it begins or goes on. */
export interface LabMaterial extends LabEvents {
  readonly gpu: Gpu;
  readonly choice: KernelChoice;
  readonly teacher: TeacherFile;
  /** The teacher's task. */
  readonly task: OpenTask;
  /** Name of the teacher in records; its task's unless given. */
  readonly teacherId?: string;
  /** The attribute classifier; without it only pixels are measured. */
  readonly judge: ClassifierFile | null;
  readonly grid: GridRequest;
  readonly onProgress?: CompileProgress;
}

export interface LabOptions extends LabMaterial {
  readonly config: LabConfig;
  readonly evaluation: EvaluationOptions;
  /** Id of the experiment that this is a run of; null unless given. */
  readonly experiment?: string | null;
}
