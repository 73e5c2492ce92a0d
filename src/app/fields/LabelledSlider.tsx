import { Slider } from 'radix-ui';
import { useId } from 'react';
import type { SettingId } from '../settings/catalogue';
import { Restore } from './Restore';

interface LabelledSliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value as it is written and read out. */
  readonly shown: string;
  readonly hint: string;
  /** The setting that it shows, which can be restored beside it. */
  readonly setting?: SettingId;
  readonly onChange: (value: number) => void;
}

/** A slider with its name and value above and a hint below. */
export const LabelledSlider = (props: LabelledSliderProps) => {
  const { label, value, min, max, step, shown, hint, setting, onChange } = props;
  const labelId = useId();
  const hintId = useId();
  return (
    <div className="field" data-restorable>
      <div className="field-head">
        <span id={labelId}>{label}</span>
        <span className="field-end">
          {setting !== undefined && <Restore setting={setting} />}
          <output className="field-value">{shown}</output>
        </span>
      </div>
      <Slider.Root
        className="slider"
        value={[value]}
        min={min}
        max={max}
        step={step}
        onValueChange={([next]) => {
          // Steps such as 0.1 add up with rounding errors; settings keep the number that is shown.
          if (next !== undefined) onChange(Number(next.toFixed(4)));
        }}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-labelledby={labelId}
          aria-describedby={hintId}
          aria-valuetext={shown}
        />
      </Slider.Root>
      <p className="hint" id={hintId}>
        {hint}
      </p>
    </div>
  );
};
