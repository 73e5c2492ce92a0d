import { create } from 'zustand';
import { DEFAULT_TASK } from '../../tasks/registry';
import type { ImageTask } from '../../tasks/task';

interface TaskSlice {
  /** What is drawn on the bench. */
  readonly task: ImageTask;
}

export const useTask = create<TaskSlice>()(() => ({ task: DEFAULT_TASK }));

/** The bench's task, for those who hold no React. */
export const currentTask = (): ImageTask => useTask.getState().task;
