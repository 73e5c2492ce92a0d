import type { ReactNode } from 'react';
import { guidanceScale as asGuidanceScale } from '../../flow/time';
import { useSteer, useSteered } from '../state/steering';
import { LabelledSlider } from '../fields/LabelledSlider';
import { TauControls } from './TauControls';
import { TermCard } from './TermCard';

interface SpearCardProps {
  readonly summary: string;
  /** A picture of the noise levels that were drawn lately. */
  readonly drawn?: ReactNode;
}

/** The switch and the knobs of CFG augmentation. */
export const SpearCard = ({ summary, drawn }: SpearCardProps) => {
  const guidanceScale = useSteered((config) => config.guidanceScale);
  const change = useSteer();
  return (
    <TermCard id="ca" title="CA, the spear" summary={summary}>
      <LabelledSlider
        label="Guidance scale α"
        setting="guidanceScale"
        value={guidanceScale}
        min={1}
        max={10}
        step={0.1}
        shown={guidanceScale.toFixed(1)}
        hint={guidanceScale === 1 ? 'At α = 1 the spear is zero.' : 'How hard the spear pushes.'}
        onChange={(value) =>
          change((config) => ({ ...config, guidanceScale: asGuidanceScale(value) }))
        }
      />
      <TauControls id="ca" drawn={drawn} />
    </TermCard>
  );
};
