import { findTask, type TrainingTask } from '../../training/tasks';

/** The task whose teacher is trained: the one that the bench is about. */
export const chosenTask = (): TrainingTask => {
  const task = findTask('avatars');
  if (!task) throw new RangeError('There is no task to train a teacher of.');
  return task;
};
