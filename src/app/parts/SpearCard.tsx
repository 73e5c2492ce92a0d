import { guidanceScale as asGuidanceScale } from '../../flow/time';
import { changeArm, useArmConfig } from '../state/bench';
import { LabelledSlider } from './LabelledSlider';
import { TauControls } from './TauControls';
import { TermCard } from './TermCard';

const changeGuidance = (value: number): void =>
  changeArm((config) => ({ ...config, guidanceScale: asGuidanceScale(value) }));

/** The switch and the knobs of CFG augmentation. */
export const SpearCard = () => {
  const guidanceScale = useArmConfig((config) => config.guidanceScale);
  return (
    <TermCard
      id="ca"
      title="CA, the spear"
      summary="CFG augmentation drives every picture further towards its prompt. Alone, it never stops."
    >
      <LabelledSlider
        label="Guidance scale α"
        value={guidanceScale}
        min={1}
        max={10}
        step={0.1}
        shown={guidanceScale.toFixed(1)}
        hint={guidanceScale === 1 ? 'At α = 1 the spear is zero.' : 'How hard the spear pushes.'}
        onChange={changeGuidance}
      />
      <TauControls id="ca" />
    </TermCard>
  );
};
