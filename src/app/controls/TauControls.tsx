import type { ReactNode } from 'react';
import type { TauRange, TauTermId } from '../../distill/config';
import { TERM_NAMES } from '../lib/terms';
import { withTerm } from '../state/bench';
import { useSteer, useSteered } from '../state/steering';
import { Checkbox } from '../fields/Checkbox';
import { LabelledSlider } from '../fields/LabelledSlider';
import { Select } from '../fields/Select';
import { StepRanges } from './StepRanges';
import { TauRail } from './TauRail';
import { Trouble } from './Trouble';

const DISTRIBUTIONS = [
  ['uniform', 'Uniform'],
  ['logitNormal', 'Logit-normal'],
  ['shifted', 'Shifted'],
] as const satisfies readonly (readonly [TauRange['distribution'], string])[];

interface ShapeProps {
  readonly id: TauTermId;
  readonly tau: TauRange;
  readonly change: (part: Partial<TauRange>) => void;
}

/** The knobs of the distributions that have any. */
const Shape = ({ id, tau, change }: ShapeProps) => {
  if (tau.distribution === 'shifted') {
    return (
      <LabelledSlider
        label="Shift"
        setting={`${id}.shift`}
        value={tau.shift}
        min={0.1}
        max={10}
        step={0.1}
        shown={tau.shift.toFixed(1)}
        hint="Above 1 leans towards noise, below 1 towards clean."
        onChange={(shift) => change({ shift })}
      />
    );
  }
  if (tau.distribution === 'uniform') return null;
  return (
    <>
      <LabelledSlider
        label="Mean of the logit"
        setting={`${id}.logitMean`}
        value={tau.logitMean}
        min={-3}
        max={3}
        step={0.1}
        shown={tau.logitMean.toFixed(1)}
        hint="Below 0 leans towards noise, above 0 towards clean."
        onChange={(logitMean) => change({ logitMean })}
      />
      <LabelledSlider
        label="Spread of the logit"
        setting={`${id}.logitStd`}
        value={tau.logitStd}
        min={0.1}
        max={3}
        step={0.1}
        shown={tau.logitStd.toFixed(1)}
        hint="Large: towards both ends; small: close together."
        onChange={(logitStd) => change({ logitStd })}
      />
    </>
  );
};

interface TauControlsProps {
  readonly id: TauTermId;
  /** A picture of the levels that were drawn lately. */
  readonly drawn?: ReactNode;
}

/** At which noise levels a term compares predictions, with those that were drawn lately. */
export const TauControls = ({ id, drawn }: TauControlsProps) => {
  const steer = useSteer();
  const tau = useSteered(({ terms }) => terms[id].tau);
  const steps = useSteered(({ student }) => student.steps);
  const change = (part: Partial<TauRange>): void =>
    steer((config) => withTerm(config, id, { tau: { ...config.terms[id].tau, ...part } }));
  return (
    <>
      <div className="field">
        <div className="tau-rail" data-restorable>
          <TauRail id={id} tau={tau} change={change} />
          <div className="rail-scale">
            {steps > 1 && <StepRanges tau={tau} steps={steps} />}
            {drawn}
          </div>
          <p className="field-ends hint" aria-hidden>
            <span>noise</span>
            <span>clean</span>
          </p>
        </div>
        <Trouble at={`${id}.range`} />
        <Checkbox
          checked={tau.aboveT}
          setting={`${id}.aboveT`}
          onChange={(aboveT) => change({ aboveT })}
        >
          Only above the student’s own step <i>t</i>
        </Checkbox>
        <Trouble at={`${id}.aboveT`} />
      </div>
      <Select
        label={`Distribution of ${TERM_NAMES[id]}’s levels`}
        setting={`${id}.distribution`}
        value={tau.distribution}
        options={DISTRIBUTIONS}
        onChange={(distribution) => change({ distribution })}
      />
      <Shape id={id} tau={tau} change={change} />
    </>
  );
};
