import { avatarTask } from './avatars/task';
import { emojiTask } from './emoji/task';
import type { ImageTask } from './task';

/** All image tasks that come with this program, the default one first. */
export const TASKS: readonly [ImageTask, ...ImageTask[]] = [avatarTask, emojiTask];

/** The task that a page opens with. */
export const [DEFAULT_TASK] = TASKS;

/** Visitors' own tasks, by id; they live as long as the page, the Worker or the program. */
const own = new Map<string, ImageTask>();

/** Makes a visitor's own task known here; one of the same id gives way to it. */
export const addTask = (task: ImageTask): void => {
  own.set(task.id, task);
};

/** Takes a visitor's own task away. */
export const removeTask = (id: string): void => {
  own.delete(id);
};

/** The task of that id. */
export const findTask = (id: string): ImageTask | undefined =>
  TASKS.find((task) => task.id === id) ?? own.get(id);
