import type { Experiment } from '../../lab/experiments/experiment';
import { useLab } from '../lab/context';
import { chooseExperiment, EXPERIMENTS, useChosenExperiment } from '../lab/experiments';
import { isLive, useRun } from '../state/run';
import { Select } from './Select';
import { TaskChooser } from './TaskChooser';

const FREE = 'none';

const Story = ({ experiment }: { experiment: Experiment }) => {
  const { question, finding, look, note } = experiment;
  return (
    <div className="experiment-story">
      <p className="experiment-question">{question}</p>
      <p>{finding}</p>
      <p>
        <b>Look at:</b> {look}
      </p>
      {note !== undefined && <p className="hint">{note}</p>}
    </div>
  );
};

/** Sets the arms up after one of the paper's experiments, and judges its claims as the run goes. */
export const ExperimentCard = () => {
  const experiment = useChosenExperiment();
  const live = useRun(({ state }) => isLive(state) || state === 'preparing');
  const lab = useLab();
  const choose = (id: string): void => {
    if (live && id !== FREE) lab.reset();
    chooseExperiment(id === FREE ? null : id);
  };
  return (
    <section className="experiment" aria-label="Experiment">
      <TaskChooser />
      <Select
        label="Experiment"
        value={experiment?.id ?? FREE}
        options={[
          [FREE, 'Free play'],
          ...EXPERIMENTS.map(({ id, title }) => [id, `${id.toUpperCase()}: ${title}`] as const),
        ]}
        onChange={choose}
      />
      {experiment !== undefined && <Story experiment={experiment} />}
    </section>
  );
};
