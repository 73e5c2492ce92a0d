import type { ImageTask } from '../../tasks/task';
import { isLive, useRun } from '../state/run';
import { currentTask } from '../state/task';
import type { LabSession } from './session';
import { chooseTask } from './tasks';
import { chooseTeacher } from './teachers';

/** Sets the bench up for another task, with that one's own first teacher; a run of another ends. */
export const switchTask = (lab: LabSession, task: ImageTask): void => {
  const { state } = useRun.getState();
  if (task.id !== currentTask().id && (isLive(state) || state === 'preparing')) lab.reset();
  chooseTeacher(null);
  chooseTask(task);
};
