import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { Experiment } from '../../lab/experiments/experiment';
import type { Verdict } from '../../lab/claims/claim';
import { useChosenExperiment } from '../lab/experiments';
import { useExperiment } from '../state/experiment';

const ICONS: Record<Verdict['state'], typeof CircleCheck> = {
  seen: CircleCheck,
  'not seen': CircleX,
  'too early': CircleDashed,
};

type ClaimProps = Pick<Experiment['claims'][number], 'id' | 'says'>;

/** One thing that the paper found, and what this run shows of it. */
const ClaimRow = ({ id, says }: ClaimProps) => {
  const verdict = useExperiment(({ verdicts }) => verdicts[id]);
  const state = verdict?.state ?? 'too early';
  const Icon = ICONS[state];
  return (
    <li className="claim" data-state={state}>
      <Icon aria-hidden />
      <div>
        <p>{says}</p>
        <p className="hint">
          <b className="claim-state">{state}</b>
          {verdict !== undefined && <> {verdict.figures}</>}
        </p>
      </div>
    </li>
  );
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
          <ClaimRow key={id} id={id} says={says} />
        ))}
      </ul>
      <Differing claims={claims} />
    </div>
  );
};
