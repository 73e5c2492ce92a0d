import { guidanceScale as asGuidanceScale } from '../../flow/time';
import { useSettings } from '../state/settings';
import { LabelledSlider } from './LabelledSlider';
import { TauRange } from './TauRange';
import { TermCard } from './TermCard';

const changeGuidance = (value: number): void =>
  useSettings.getState().change((config) => ({ ...config, guidanceScale: asGuidanceScale(value) }));

/** The switch and the knobs of CFG augmentation. */
export const SpearCard = () => {
  const guidanceScale = useSettings(({ config }) => config.guidanceScale);
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
      <TauRange id="ca" />
    </TermCard>
  );
};
