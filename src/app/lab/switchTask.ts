import type { ImageTask } from '../../tasks/task';
import { currentTask } from '../state/task';
import { endRun } from './endRun';
import type { LabSession } from './session';
import { chooseTask } from './tasks';
import { chooseTeacher } from './teachers';

/** Sets the bench up for another task, with that one's own first teacher; a run of another ends. */
export const switchTask = (lab: LabSession, task: ImageTask): void => {
  if (task.id !== currentTask().id) endRun(lab);
  chooseTeacher(null);
  chooseTask(task);
};
