import { LabelledSlider } from './LabelledSlider';

/** The ends are left out: pure noise shows nothing, and a clean picture needs no guess. */
const [NOISIEST, CLEANEST] = [0.02, 0.98];

interface TauSliderProps {
  /** 0 (noise) to 1 (clean). */
  readonly tau: number;
  readonly hint: string;
  readonly onChange: (tau: number) => void;
}

/** The one noise level at which something is looked at. */
export const TauSlider = ({ tau, hint, onChange }: TauSliderProps) => (
  <LabelledSlider
    label="Noise level τ"
    value={tau}
    min={NOISIEST}
    max={CLEANEST}
    step={0.01}
    shown={tau.toFixed(2)}
    hint={hint}
    onChange={onChange}
  />
);
