import { ConfigError } from '../distill/config';
import { GpuError } from '../gpu/errors';
import { OnnxError } from '../interchange/onnx/error';
import { LabCheckpointError } from '../lab/checkpoint';
import { ForeignTeacherError } from '../lab/foreign/inspection';
import { ForeignSpecError } from '../lab/foreign/spec';
import { MissingArmError } from '../lab/roster';
import { TeacherError } from '../lab/teacher';
import { OwnTaskError } from '../tasks/own/definition';
import { NoImagesError } from '../tasks/task';
import { RecipeError } from '../training/recipe';
import { KeptRunError } from './preparation';
import type { ErrorCode, Explanation } from './protocol/reports';
import { reasonOf } from '../interchange/reason';

/** A failure as the page shows it. */
export interface Failure extends Explanation {
  readonly code: ErrorCode;
}

/** Puts any error into words: what happened, and what to do. */
export const describeFailure = (error: unknown): Failure => {
  if (error instanceof GpuError) {
    const code = error.code === 'invalid' ? 'internal' : error.code;
    return { code, message: error.message, advice: error.advice };
  }
  const message = reasonOf(error);
  if (error instanceof ForeignTeacherError) {
    const advice = 'Nothing was changed. Choose another file, or describe it anew.';
    return { code: 'teacher-unreadable', message, advice };
  }
  if (error instanceof ForeignSpecError || error instanceof RecipeError) {
    return { code: 'bad-config', message, advice: 'Correct the description of the teacher.' };
  }
  if (error instanceof TeacherError) {
    const advice = 'Choose another teacher, or reload the page to get the file again.';
    return { code: 'teacher-unreadable', message, advice };
  }
  if (error instanceof OwnTaskError) {
    return { code: 'own-task-unreadable', message, advice: 'Remove it, and bring it again.' };
  }
  if (error instanceof NoImagesError) {
    const advice =
      'Such a teacher is checked and imitated on real images; choose a task with some.';
    return { code: 'teacher-unreadable', message, advice };
  }
  if (error instanceof KeptRunError || error instanceof LabCheckpointError) {
    const advice = 'Forget it and start anew; with its own teacher it may still be gone on with.';
    return { code: 'checkpoint-unreadable', message, advice };
  }
  if (error instanceof ConfigError) {
    return { code: 'bad-config', message, advice: 'Correct the setting, or restore the defaults.' };
  }
  if (error instanceof MissingArmError) {
    return { code: 'bad-config', message, advice: 'It was removed; choose another arm.' };
  }
  if (error instanceof OnnxError) {
    const advice = 'Nothing is lost and training can go on; try again, or choose another form.';
    return { code: 'internal', message, advice };
  }
  return {
    code: 'internal',
    message,
    advice: 'Reset the run; if it fails again, reload the page.',
  };
};
