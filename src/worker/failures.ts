import { ConfigError } from '../distill/config';
import { GpuError } from '../gpu/errors';
import { DivergedError } from '../lab/session';
import { TeacherError } from '../lab/teacher';
import type { ErrorCode } from './protocol';

/** A failure as the page shows it. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly advice: string;
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
  if (error instanceof ConfigError) {
    return { code: 'bad-config', message, advice: 'Correct the setting, or restore the defaults.' };
  }
  if (error instanceof DivergedError) {
    const advice =
      'Lower the learning rate or the guidance scale, or switch DM on, and reset the run.';
    return { code: 'diverged', message, advice };
  }
  return {
    code: 'internal',
    message,
    advice: 'Reset the run; if it fails again, reload the page.',
  };
};
