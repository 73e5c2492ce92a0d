import type { ReactNode } from 'react';
import { figure } from '../lib/format';
import { isIn } from '../lib/numbers';
import { withDiscriminator } from '../state/bench';
import { useRun } from '../state/run';
import { useSteer, useSteered } from '../state/steering';
import { LabelledSlider } from '../fields/LabelledSlider';
import { NumberField } from '../fields/NumberField';
import { TauControls } from './TauControls';
import { TermCard } from './TermCard';
import { Trouble } from './Trouble';

/** What the mean-variance term holds pictures to, once it is known. */
const Targets = () => {
  const targets = useRun((run) => run.targets);
  return (
    <p className="hint" data-testid="targets">
      {targets === null
        ? 'Its targets are computed from real pictures when the run begins.'
        : `Targets, from real pictures: mean ${figure(targets.mean)}, variance ${figure(targets.variance)}.`}
    </p>
  );
};

/** The switch and the knobs of the regulariser of Eq. 7. */
export const MeanVarianceCard = ({ missing = null }: { missing?: string | null }) => (
  <TermCard
    missing={missing}
    id="meanVariance"
    title="Mean-variance"
    summary="The plainest shield: holds each picture’s mean and variance near those of real pictures. It knows nothing of what a picture shows."
  >
    <Targets />
  </TermCard>
);

interface GanCardProps {
  /** Why it cannot be switched on here; null: it can. */
  readonly missing?: string | null;
  readonly summary: string;
  /** A picture of the noise levels that were drawn lately. */
  readonly drawn?: ReactNode;
}

/** The switch and the knobs of the adversarial regulariser. */
export const GanCard = ({ summary, missing = null, drawn }: GanCardProps) => {
  const change = useSteer();
  const { updates, r1 } = useSteered(({ discriminator }) => discriminator);
  return (
    <TermCard id="gan" title="GAN" summary={summary} missing={missing}>
      <LabelledSlider
        label="Discriminator updates per iteration"
        setting="discriminator.updates"
        value={updates}
        min={0}
        max={10}
        step={1}
        shown={String(updates)}
        hint="How closely the discriminator follows the student."
        onChange={(next) => change((c) => withDiscriminator(c, { updates: next }))}
      />
      <Trouble at="discriminator" />
      <NumberField
        label="R1 penalty"
        setting="discriminator.r1"
        value={r1}
        isValid={isIn(0, 1000)}
        rule="Smooths the discriminator; 0 to 1000, 0 is off."
        onChange={(next) => change((c) => withDiscriminator(c, { r1: next }))}
      />
      <TauControls id="gan" drawn={drawn} />
    </TermCard>
  );
};
