import type { ArmId } from '../../lab/config';
import type { Trial } from '../../lab/onnx/studentFiles';
import type { StudentOnnxOptions } from '../../lab/onnx/studentOnnx';
import type { Verification } from '../../lab/onnx/verify';
import type { Snippet } from '../../lab/snippets/snippets';
import type { StudentWeights } from '../../lab/studentFile';
import type { Prompt } from '../../tasks/promptSpace';

/** Whose weights go into a file. */
export interface StudentChoice {
  readonly arm: ArmId;
  readonly weights: StudentWeights;
}

/** A student as ONNX; its id comes back with the file. */
export interface ExportOrder extends StudentChoice, StudentOnnxOptions {
  readonly id: number;
}

/** Pictures by the last file alone; its id comes back with them. */
export interface TryOrder {
  readonly id: number;
  readonly prompts: readonly Prompt[];
  /** Of the noise. */
  readonly seed: number;
}

/** A file that was written and run. */
export interface ExportedFile {
  readonly order: ExportOrder;
  /** Iterations that the student had trained for. */
  readonly iteration: number;
  readonly name: string;
  /** Null when it may not be handed over. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  readonly byteLength: number;
  readonly verification: Verification;
  /** Small programs that load it and draw. */
  readonly programs: readonly Snippet[];
}

/** A student's weights as safetensors. */
export interface WeightsFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** A small program that loads it and draws. */
  readonly program: Snippet;
}

/** Pictures that came of a `TryOrder`. */
export interface TriedFile extends Trial {
  readonly id: number;
}
