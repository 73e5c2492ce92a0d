import type { TermId } from '../../distill/config';
import { TERM_NAMES } from '../lib/terms';
import { withTerm } from '../state/bench';
import { useSteer, useSteered } from '../state/steering';
import { LabelledSlider } from '../fields/LabelledSlider';

/** Largest weight that a slider offers; larger ones of an experiment or a file are kept. */
const LARGEST = 4;

/** How much a term counts in the update. */
export const WeightSlider = ({ id }: { id: TermId }) => {
  const weight = useSteered(({ terms }) => terms[id].weight);
  const change = useSteer();
  return (
    <LabelledSlider
      label={`Weight of ${TERM_NAMES[id]}`}
      setting={`${id}.weight`}
      value={weight}
      min={0}
      max={Math.max(LARGEST, weight)}
      step={0.05}
      shown={weight.toFixed(2)}
      hint={weight === 0 ? 'Computed, but without effect.' : 'Factor of this term’s update.'}
      onChange={(next) => change((config) => withTerm(config, id, { weight: next }))}
    />
  );
};
