import { findExperiment } from '../../lab/experiments/registry';
import { colorsOf, type SetUp } from '../../lab/setUp/setUp';
import { findTask } from '../../tasks/registry';
import { benchOf, labConfigOf, useBench } from '../state/bench';
import { useExperiment } from '../state/experiment';
import { beginOrder, useSamples } from '../state/samples';
import { currentTask } from '../state/task';
import { endRun } from './endRun';
import type { LabSession } from './session';
import { switchTask } from './switchTask';

/** The bench as it is set up now. */
export const presentSetUp = (): SetUp => {
  const bench = useBench.getState();
  const { prompts, seed } = useSamples.getState();
  return {
    task: currentTask().id,
    experiment: useExperiment.getState().chosen,
    lab: labConfigOf(bench),
    ...colorsOf(bench.arms.map(({ color }) => color)),
    evaluation: bench.evaluation,
    grid: { seed, prompts: prompts.map((prompt) => [...prompt]) },
  };
};

/** Puts a set-up on the bench; a run that is on ends. A task that is not here changes none. */
export const applySetUp = (setUp: SetUp, lab: LabSession): void => {
  const { lab: config, colors, evaluation, grid, experiment } = setUp;
  endRun(lab);
  const task = findTask(setUp.task);
  if (task && task.id !== currentTask().id) switchTask(lab, task);
  useBench.setState({ ...benchOf(config, colors), evaluation });
  const known = experiment !== null && findExperiment(experiment) !== undefined;
  useExperiment.setState({ chosen: known ? experiment : null, verdicts: {} });
  beginOrder({ drawn: grid.prompts, seed: grid.seed });
};

/** How many arms, in words. */
export const armsInWords = ({ lab: { arms } }: Pick<SetUp, 'lab'>): string =>
  arms.length === 1 ? 'one arm' : `${arms.length} arms`;
