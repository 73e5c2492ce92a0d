import type { Networks } from '../../worker/protocol/commands';
import { currentTask } from '../state/task';
import { ownSource } from './ownTasks';
import { chosenTeacher } from './teachers';

/** The networks that a run starts from. Throws NoTeacherError. */
export const chosenNetworks = async (): Promise<Networks> => {
  // First: an entry of the list brings its task with it.
  const teacher = await chosenTeacher();
  const task = currentTask();
  const { id, classifier } = task;
  const assets = document.baseURI;
  const judge =
    classifier === null ? null : { id: classifier, url: new URL(classifier, assets).href };
  return { task: id, own: await ownSource(task), assets, teacher, judge };
};
