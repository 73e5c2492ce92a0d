import { FIRST_SEED } from '../../lab/setUp/setUp';
import type { ImageTask } from '../../tasks/task';
import { beginOrder, useSamples } from '../state/samples';
import { useTask } from '../state/task';
import { rememberTask } from './ownTasks';
import { drawPrompts } from './prompts';

/** Sets the grids up for a task: `count` prompts, as many as now unless given, and no pictures. */
export const chooseTask = (task: ImageTask, count = useSamples.getState().prompts.length): void => {
  useTask.setState({ task });
  rememberTask(task);
  beginOrder({ drawn: drawPrompts(count), seed: FIRST_SEED });
};
