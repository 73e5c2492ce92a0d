import type { ForeignTeacherSpecInput } from '../../../lab/foreign/spec';
import { NumberField } from '../../fields/NumberField';
import { Select } from '../../fields/Select';
import { withTimeKind } from './describe';
import { describe, useOnnx } from './store';
import { GUESSED, PREDICTION_NAMES, TIME_NAMES } from './words';

type Time = ForeignTeacherSpecInput['time'];

const setTime = (time: Time): void => describe((spec) => ({ ...spec, time }));

const isPositive = (value: number): boolean => value > 0;

const TimeFields = ({ time }: { time: Time }) => {
  switch (time.kind) {
    case 'linear':
      return (
        <>
          <NumberField
            label="Time of pure noise"
            value={time.noise}
            rule="Such as 0, 1 or 1000; not that of clean pictures."
            isValid={(noise) => noise !== time.clean}
            onChange={(noise) => setTime({ ...time, noise })}
          />
          <NumberField
            label="Time of clean pictures"
            value={time.clean}
            rule="Such as 1 or 0; not that of noise."
            isValid={(clean) => clean !== time.noise}
            onChange={(clean) => setTime({ ...time, clean })}
          />
        </>
      );
    case 'variancePreserving': {
      const { betaMin = 0.1, betaMax = 20, scale = 1000 } = time;
      return (
        <>
          <NumberField
            label="Time of pure noise"
            value={scale}
            rule="1000 for a process of as many steps, 1 for one in [0, 1]."
            isValid={isPositive}
            onChange={(next) => setTime({ ...time, scale: next })}
          />
          <NumberField
            label="Beta at clean pictures"
            value={betaMin}
            rule="Noise a unit of time; 0.1 for DDPM’s 1e-4 a step."
            isValid={(next) => next > 0 && next < betaMax}
            onChange={(next) => setTime({ ...time, betaMin: next })}
          />
          <NumberField
            label="Beta at pure noise"
            value={betaMax}
            rule="20 for DDPM’s 0.02 a step."
            isValid={(next) => next > betaMin && next <= 1000}
            onChange={(next) => setTime({ ...time, betaMax: next })}
          />
        </>
      );
    }
    case 'sigma':
      return null;
  }
};

/** What the network predicts, and how it counts time. */
export const ConventionFields = () => {
  const spec = useOnnx((state) => state.spec);
  const asked = useOnnx(({ draft }) => draft?.asked ?? []);
  if (spec === null) return null;
  const { time, prediction } = spec;
  const predictions = PREDICTION_NAMES.filter(
    ([id]) => time.kind === 'linear' || id === 'noise' || id === 'clean',
  );
  return (
    <>
      <Select
        label="It predicts"
        value={prediction}
        options={predictions}
        {...(asked.includes('prediction') ? { hint: GUESSED } : {})}
        onChange={(next) => describe((now) => ({ ...now, prediction: next }))}
      />
      <Select
        label="It counts time as"
        value={time.kind}
        options={TIME_NAMES}
        {...(asked.includes('time') ? { hint: GUESSED } : {})}
        onChange={(kind) => describe((now) => withTimeKind(now, kind))}
      />
      <TimeFields time={time} />
    </>
  );
};
