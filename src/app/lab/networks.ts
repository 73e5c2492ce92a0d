import type { Networks } from '../../worker/protocol/commands';
import { currentTask } from '../state/task';
import { chosenTeacher } from './teachers';

/** The networks that a run starts from. Throws TeacherListError. */
export const chosenNetworks = async (): Promise<Networks> => {
  // First: an entry of the list brings its task with it.
  const teacher = await chosenTeacher();
  const { id: task, classifier } = currentTask();
  const assets = document.baseURI;
  const judge = { id: classifier, url: new URL(classifier, assets).href };
  return { task, assets, teacher, judge };
};
