import { useId, type ReactNode } from 'react';
import type { SettingId } from '../settings/catalogue';
import { Restore } from './Restore';

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, words: ReactNode])[];
  /** As one strip, or as separate pieces that may wrap. */
  readonly form?: 'strip' | 'chips';
  readonly hint?: string;
  /** The setting that it shows, which can be restored beside it. */
  readonly setting?: SettingId;
  readonly onChange: (value: Value) => void;
}

/** One of a few choices, all in sight. */
export const Choice = <Value extends string>(props: ChoiceProps<Value>) => {
  const { label, value, options, form = 'strip', hint, setting, onChange } = props;
  const name = useId();
  return (
    <fieldset className="field segmented" data-restorable>
      <legend>{label}</legend>
      <div className={form === 'strip' ? 'segments' : 'chips'}>
        {options.map(([option, words]) => (
          <label key={option}>
            <input
              type="radio"
              name={name}
              checked={option === value}
              onChange={() => onChange(option)}
            />
            <span>{words}</span>
          </label>
        ))}
        {setting !== undefined && <Restore setting={setting} />}
      </div>
      {hint !== undefined && <p className="hint">{hint}</p>}
    </fieldset>
  );
};
