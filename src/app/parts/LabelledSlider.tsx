import { Slider } from 'radix-ui';
import { useId } from 'react';

interface LabelledSliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value as it is written and read out. */
  readonly shown: string;
  readonly hint: string;
  readonly onChange: (value: number) => void;
}

/** A slider with its name and value above and a hint below. */
export const LabelledSlider = (props: LabelledSliderProps) => {
  const { label, value, min, max, step, shown, hint, onChange } = props;
  const labelId = useId();
  const hintId = useId();
  return (
    <div className="field">
      <div className="field-head">
        <span id={labelId}>{label}</span>
        <output className="field-value">{shown}</output>
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
