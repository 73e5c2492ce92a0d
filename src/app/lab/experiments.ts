import { EXPERIMENTS, findExperiment } from '../../lab/experiments/registry';
import type { Experiment } from '../../lab/experiments/experiment';
import { parseArmConfig, type ArmConfig, type ArmId } from '../../lab/config';
import { benchOf, useBench } from '../state/bench';
import { useExperiment } from '../state/experiment';
import { notify } from '../state/notices';

export { EXPERIMENTS };

/** The experiment that the bench was set up after; undefined in free play. */
export const useChosenExperiment = (): Experiment | undefined => {
  const id = useExperiment(({ chosen }) => chosen);
  return id === null ? undefined : findExperiment(id);
};

/** What an arm of a run that goes on is reset to: the experiment's arm, or the page's defaults. */
export const originOf = (arm: ArmId, experiment: string | null): ArmConfig => {
  const arms = experiment === null ? undefined : findExperiment(experiment)?.lab.arms;
  return parseArmConfig(arms?.find(({ id }) => id === arm)?.config ?? {});
};

/**
 * Sets the bench up after an experiment; seed and batch stay the visitor's. Null leaves the bench as
 * it is, to play with. An unknown experiment is told and changes nothing.
 */
export const chooseExperiment = (id: string | null): void => {
  const experiment = id === null ? null : findExperiment(id);
  if (experiment === undefined) {
    notify({ id: 'experiment', text: `There is no experiment called “${id ?? ''}”.` });
    return;
  }
  useExperiment.setState({ chosen: experiment?.id ?? null, verdicts: {} });
  if (experiment === null) return;
  const { seed, batch } = useBench.getState().shared;
  useBench.setState(benchOf({ ...experiment.lab, seed, batch }));
};
