import { Slider } from 'radix-ui';
import { useId } from 'react';
import type { TauRange, TauTermId } from '../../distill/config';
import { noiseLevel } from '../../flow/time';
import { TERM_NAMES } from '../lib/terms';
import { rangeInWords } from '../settings/taus';
import { Restore } from '../fields/Restore';

interface TauRailProps {
  readonly id: TauTermId;
  readonly tau: TauRange;
  readonly change: (part: Partial<TauRange>) => void;
}

/** A range of noise levels: two ends from noise to clean. */
export const TauRail = ({ id, tau, change }: TauRailProps) => {
  const labelId = useId();
  const { lo, hi } = tau;
  const name = TERM_NAMES[id];
  const move = (ends: number[]): void => {
    const [low, high] = ends.map((end) => Number(end.toFixed(2)));
    if (low === undefined || high === undefined) return;
    change({ lo: noiseLevel(low), hi: noiseLevel(high) });
  };
  return (
    <>
      <div className="field-head">
        <span id={labelId}>
          Noise levels <i>τ</i> of {name}
        </span>
        <span className="field-end">
          <Restore setting={`${id}.range`} />
          <output className="field-value">{rangeInWords(tau)}</output>
        </span>
      </div>
      <Slider.Root
        className="slider"
        value={[lo, hi]}
        min={0}
        max={1}
        step={0.01}
        onValueChange={move}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label={`Noisiest level of ${name}`}
          aria-valuetext={lo.toFixed(2)}
        />
        <Slider.Thumb
          className="slider-thumb"
          aria-label={`Cleanest level of ${name}`}
          aria-valuetext={hi.toFixed(2)}
        />
      </Slider.Root>
    </>
  );
};
