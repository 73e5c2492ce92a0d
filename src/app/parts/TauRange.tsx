import { Slider } from 'radix-ui';
import { useId } from 'react';
import { useSettings, withTau } from '../state/settings';
import type { TauTermId } from '../../distill/config';
import { noiseLevel } from '../../flow/time';
import { Checkbox } from './Checkbox';

const names: Record<TauTermId, string> = { ca: 'CA', dm: 'DM', gan: 'GAN' };

/** The noise levels at which a term compares predictions: two ends from noise to clean. */
export const TauRange = ({ id }: { id: TauTermId }) => {
  const labelId = useId();
  const { lo, hi, aboveT } = useSettings(({ config }) => config.terms[id].tau);
  const change = (ends: number[]): void => {
    const [low, high] = ends.map((end) => Number(end.toFixed(2)));
    if (low === undefined || high === undefined) return;
    useSettings
      .getState()
      .change((config) => withTau(config, id, { lo: noiseLevel(low), hi: noiseLevel(high) }));
  };
  const shown = `${lo.toFixed(2)} to ${hi.toFixed(2)}`;
  return (
    <div className="field">
      <div className="field-head">
        <span id={labelId}>
          Noise levels <i>τ</i> of {names[id]}
        </span>
        <output className="field-value">{shown}</output>
      </div>
      <Slider.Root
        className="slider"
        value={[lo, hi]}
        min={0}
        max={1}
        step={0.01}
        onValueChange={change}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label={`Noisiest level of ${names[id]}`}
          aria-valuetext={lo.toFixed(2)}
        />
        <Slider.Thumb
          className="slider-thumb"
          aria-label={`Cleanest level of ${names[id]}`}
          aria-valuetext={hi.toFixed(2)}
        />
      </Slider.Root>
      <p className="field-ends hint" aria-hidden>
        <span>noise</span>
        <span>clean</span>
      </p>
      <Checkbox
        checked={aboveT}
        onChange={(on) =>
          useSettings.getState().change((config) => withTau(config, id, { aboveT: on }))
        }
      >
        Only above the student’s own step <i>t</i>
      </Checkbox>
    </div>
  );
};
