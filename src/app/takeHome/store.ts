import { create } from 'zustand';
import type { ArmId } from '../../lab/config';
import type { StudentForm } from '../../lab/onnx/studentGraph';
import type { Snippet } from '../../lab/snippets/snippets';
import type { StudentWeights } from '../../lab/studentFile';
import type { Prompt } from '../../tasks/promptSpace';
import type { Explanation } from '../../worker/protocol/reports';
import type { ExportedFile, ExportOrder, TriedFile } from '../../worker/protocol/takeHome';

export interface TakeHomeSlice {
  readonly open: boolean;
  /** Null: the arm that is selected on the bench. */
  readonly arm: ArmId | null;
  readonly weights: StudentWeights;
  readonly form: StudentForm;
  readonly batch: ExportOrder['batch'];
  readonly precision: ExportOrder['precision'];
  /** Counts orders, so that an answer to an earlier one is known. */
  readonly order: number;
  /** Whether a file is being written and checked. */
  readonly writing: boolean;
  readonly file: ExportedFile | null;
  /** Why the last order came to nothing. */
  readonly refusal: Explanation | null;
  /** What the last file is asked to draw; null: not yet. */
  readonly prompt: Prompt | null;
  readonly seed: number;
  readonly trying: boolean;
  readonly trial: TriedFile | null;
  /** For the weights that were saved last; null: none were. */
  readonly program: Snippet | null;
}

export const useTakeHome = create<TakeHomeSlice>()(() => ({
  open: false,
  arm: null,
  weights: 'raw',
  form: 'generator',
  batch: 'dynamic',
  precision: 'float32',
  order: 0,
  writing: false,
  file: null,
  refusal: null,
  prompt: null,
  seed: 1,
  trying: false,
  trial: null,
  program: null,
}));

const NO_FILE = {
  ...{ file: null, refusal: null, trial: null, program: null },
  ...{ writing: false, trying: false },
};

/** Puts away what was written; for another run, whose students are others. */
export const forgetFile = (): void => useTakeHome.setState(NO_FILE);

/** Changes what is to be written; what was written of something else is put away. */
export const choose = (
  choice: Partial<Pick<TakeHomeSlice, 'arm' | 'weights' | 'form' | 'batch' | 'precision'>>,
): void => useTakeHome.setState(({ order }) => ({ ...choice, ...NO_FILE, order: order + 1 }));
