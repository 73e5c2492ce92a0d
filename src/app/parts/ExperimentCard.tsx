import type { Experiment } from '../../lab/experiments/experiment';
import { useLab } from '../lab/context';
import { chooseExperiment, EXPERIMENTS, useChosenExperiment } from '../lab/experiments';
import { useExperiment } from '../state/experiment';
import { isLive, useRun } from '../state/run';
import { ClaimRow } from './ClaimRow';
import { Select } from './Select';
import { TaskChooser } from './TaskChooser';

const FREE = 'none';

type ClaimProps = Pick<Experiment['claims'][number], 'id' | 'says'>;

/** What this run shows of a claim. */
const Claim = ({ id, says }: ClaimProps) => {
  const verdict = useExperiment(({ verdicts }) => verdicts[id]);
  return <ClaimRow says={says} verdict={verdict} />;
};

const Story = ({ experiment }: { experiment: Experiment }) => {
  const { paper, question, finding, look, note, claims } = experiment;
  return (
    <div className="experiment-body">
      <div className="experiment-story">
        <p className="experiment-question">{question}</p>
        <p>{finding}</p>
        <p>
          <b>Look at:</b> {look}
        </p>
        {note !== undefined && <p className="hint">{note}</p>}
      </div>
      <div>
        <h3 id="claims-heading">The paper’s claims ({paper}), in this run</h3>
        <ul className="claims" aria-labelledby="claims-heading">
          {claims.map(({ id, says }) => (
            <Claim key={id} id={id} says={says} />
          ))}
        </ul>
      </div>
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
