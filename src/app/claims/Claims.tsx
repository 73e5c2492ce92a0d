import type { Experiment } from '../../lab/experiments/experiment';
import { useChosenExperiment } from '../lab/experiments';
import { useExperiment } from '../state/experiment';
import { ClaimRow } from './ClaimRow';

type ClaimProps = Pick<Experiment['claims'][number], 'id' | 'says'>;

/** What this run shows of a claim. */
const Claim = ({ id, says }: ClaimProps) => {
  const verdict = useExperiment(({ verdicts }) => verdicts[id]);
  return <ClaimRow says={says} verdict={verdict} />;
};

/** What to make of a claim that this run does not bear out. */
const Differing = ({ claims }: Pick<Experiment, 'claims'>) => {
  const differs = useExperiment(({ verdicts }) =>
    claims.some(({ id }) => verdicts[id]?.state === 'not seen'),
  );
  if (!differs) return null;
  return (
    <p className="hint">
      “Not seen” is said of this run alone: one seed of a small teacher, not the paper’s networks.
      Longer runs and other seeds may differ.
    </p>
  );
};

/** The claims of the chosen experiment beside the pictures that they speak of. */
export const Claims = () => {
  const experiment = useChosenExperiment();
  if (experiment === undefined) return null;
  const { paper, claims } = experiment;
  return (
    <div className="claims-beside">
      <h3 id="claims-heading">The paper’s claims ({paper}), in this run</h3>
      <ul className="claims" aria-labelledby="claims-heading">
        {claims.map(({ id, says }) => (
          <Claim key={id} id={id} says={says} />
        ))}
      </ul>
      <Differing claims={claims} />
    </div>
  );
};
