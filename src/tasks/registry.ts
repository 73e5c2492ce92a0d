import { avatarTask } from './avatars/task';
import { emojiTask } from './emoji/task';
import type { ImageTask } from './task';

/** All image tasks, the default one first. */
export const TASKS: readonly [ImageTask, ...ImageTask[]] = [avatarTask, emojiTask];

/** The task that a page opens with. */
export const [DEFAULT_TASK] = TASKS;

/** The task of that id. */
export const findTask = (id: string): ImageTask | undefined => TASKS.find((task) => task.id === id);
