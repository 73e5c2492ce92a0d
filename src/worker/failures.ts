import { ConfigError } from '../distill/config';
import { GpuError } from '../gpu/errors';
import { OnnxError } from '../interchange/onnx/error';
import { LabCheckpointError } from '../lab/checkpoint';
import { TeacherError } from '../lab/teacher';
import { OwnTaskError } from '../tasks/own/definition';
import { KeptRunError } from './preparation';
import type { ErrorCode, Explanation } from './protocol/reports';

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
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TeacherError) {
    const advice = 'Choose another teacher, or reload the page to get the file again.';
    return { code: 'teacher-unreadable', message, advice };
  }
  if (error instanceof OwnTaskError) {
    return { code: 'own-task-unreadable', message, advice: 'Remove it, and bring it again.' };
  }
  if (error instanceof KeptRunError || error instanceof LabCheckpointError) {
    const advice = 'Forget it and start anew; with its own teacher it may still be gone on with.';
    return { code: 'checkpoint-unreadable', message, advice };
  }
  if (error instanceof ConfigError) {
    return { code: 'bad-config', message, advice: 'Correct the setting, or restore the defaults.' };
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
