import { DEFAULT_TASK, findTask, TASKS } from '../tasks/registry';
import type { ImageTask } from '../tasks/task';
import { UsageError } from './arguments';

/**
 * The task that a command's arguments name, the default one where they name none. Throws UsageError
 * for a task that is not there, and for more than one.
 */
export const taskNamed = (names: readonly string[], command: string): ImageTask => {
  const [id = DEFAULT_TASK.id, ...rest] = names;
  if (rest.length > 0) throw new UsageError(`One task at a time: ${command} -- ${id}.`);
  const task = findTask(id);
  if (task === undefined) {
    const known = TASKS.map((one) => one.id).join(', ');
    throw new UsageError(`There is no task ${id}; there are ${known}.`);
  }
  return task;
};
