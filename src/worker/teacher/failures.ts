import { TeacherCheckpointError } from '../../training/checkpoint';
import { RecipeError } from '../../training/recipe';
import { DivergedError } from '../../training/teacherRun';
import { NoImagesError } from '../../tasks/task';
import { describeFailure } from '../failures';
import type { Explanation } from '../protocol/reports';
import type { TeacherReport } from './protocol';

/** A failure as the page shows it. */
export interface TeacherFailure extends Explanation {
  readonly code: Extract<TeacherReport, { type: 'error' }>['code'];
}

/** Puts any error of a training into words: what happened, and what to do. */
export const describeTeacherFailure = (error: unknown): TeacherFailure => {
  if (error instanceof DivergedError) {
    const advice = 'Begin again with a lower learning rate.';
    return { code: 'diverged', message: error.message, advice };
  }
  if (error instanceof RecipeError) {
    return { code: 'bad-config', message: error.message, advice: 'Choose other sizes.' };
  }
  if (error instanceof TeacherCheckpointError) {
    const advice = 'Forget it and begin anew.';
    return { code: 'checkpoint-unreadable', message: error.message, advice };
  }
  if (error instanceof NoImagesError) {
    return { code: 'bad-config', message: error.message, advice: 'Choose a task with images.' };
  }
  const failure = describeFailure(error);
  if (failure.code !== 'internal') return failure;
  return { ...failure, advice: 'Try again; if it fails again, reload the page.' };
};
