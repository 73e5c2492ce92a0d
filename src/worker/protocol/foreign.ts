import type { OnnxProvider } from '../../interchange/onnx/session';
import type { ForeignChecks } from '../../lab/foreign/checks';
import type { ForeignDraft } from '../../lab/foreign/inspection';
import type { OwnSource } from '../../lab/own/source';
import type { ForeignTeacherSpecInput } from '../../lab/foreign/spec';
import type { ForeignStartInput } from '../../training/foreignStart';

/** A teacher made elsewhere, in place of a file of ours. */
export interface ForeignTeacherOrder {
  /** Name in records. */
  readonly id: string;
  /** The bytes of its ONNX file. */
  readonly onnx: ArrayBuffer;
  readonly spec: ForeignTeacherSpecInput;
  /** Sizes of its students, and how they imitate it first. */
  readonly start: ForeignStartInput;
}

/** A look at a file before a run; its id comes back with the answer. */
export interface ExamineOrder {
  readonly id: number;
  /** Id of the task that it is to teach, that task as data where it is a visitor's own. */
  readonly task: string;
  readonly own: OwnSource | null;
  /** Where the site's files lie. */
  readonly assets: string;
  readonly onnx: ArrayBuffer;
  /** How it is asked; null: only what the file itself says is told. */
  readonly spec: ForeignTeacherSpecInput | null;
}

/** What was found in a file. */
export interface Examined {
  readonly id: number;
  readonly draft: ForeignDraft;
  /** What a few samples tell of it as described; null where nothing was described. */
  readonly checks: ForeignChecks | null;
  /** What computes it here. */
  readonly provider: OnnxProvider;
}
