import { ConfigError } from '../distill/config';
import { GpuError } from '../gpu/errors';
import { OnnxError } from '../interchange/onnx/error';
import { SafetensorsError } from '../interchange/safetensors';
import { LabCheckpointError } from '../lab/checkpoint';
import { HaltedError } from '../lab/halts';
import { MergeError } from '../lab/merge';
import { RecordError } from '../lab/record';
import { StudentError } from '../lab/studentFile';
import { TeacherError } from '../lab/teacher';
import { ClassifierError } from '../tasks/classifierFile';
import { TeacherCheckpointError } from '../training/checkpoint';
import { ComparisonError } from '../training/compare';
import { RecipeError } from '../training/recipe';
import { DivergedError } from '../training/teacherRun';
import { UsageError } from './arguments';

const KINDS = [
  UsageError,
  ConfigError,
  TeacherError,
  StudentError,
  SafetensorsError,
  OnnxError,
  ClassifierError,
  HaltedError,
  LabCheckpointError,
  RecordError,
  MergeError,
  RecipeError,
  TeacherCheckpointError,
  DivergedError,
  ComparisonError,
];

/** Errors that are for the person at the keyboard, not for a debugger. */
const speaksForItself = (error: unknown): error is Error =>
  KINDS.some((kind) => error instanceof kind) ||
  // What the file system refuses: a missing file, a full disk, a folder without permission.
  (error instanceof Error && 'syscall' in error);

/** Runs a command and returns the exit code: 1, after a message, for what a person can mend. */
export const runCommand = async (work: () => Promise<void>): Promise<number> => {
  try {
    await work();
    return 0;
  } catch (error) {
    if (error instanceof GpuError) console.error(`${error.message} ${error.advice}`);
    else if (speaksForItself(error)) console.error(error.message);
    else throw error;
    return 1;
  }
};
