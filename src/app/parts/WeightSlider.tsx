import type { TermId } from '../../distill/config';
import { TERM_NAMES } from '../lib/terms';
import { changeArm, useArmConfig, withTerm } from '../state/bench';
import { LabelledSlider } from './LabelledSlider';

/** Largest weight that a slider offers; larger ones of an experiment or a file are kept. */
const LARGEST = 4;

/** How much a term counts in the update. */
export const WeightSlider = ({ id }: { id: TermId }) => {
  const weight = useArmConfig(({ terms }) => terms[id].weight);
  return (
    <LabelledSlider
      label={`Weight of ${TERM_NAMES[id]}`}
      value={weight}
      min={0}
      max={Math.max(LARGEST, weight)}
      step={0.05}
      shown={weight.toFixed(2)}
      hint={weight === 0 ? 'Computed, but without effect.' : 'Factor of this term’s update.'}
      onChange={(next) => changeArm((config) => withTerm(config, id, { weight: next }))}
    />
  );
};
