import { useId, type ReactNode } from 'react';
import type { SettingId } from '../settings/catalogue';
import { Restore } from './Restore';

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, words: string])[];
  readonly hint?: string;
  /** The setting that it shows, which can be restored beside it. */
  readonly setting?: SettingId;
  /** The way to restore what is no setting of an arm. */
  readonly restore?: ReactNode;
  readonly onChange: (value: Value) => void;
}

/** One of several choices, by the browser's own list. */
export const Select = <Value extends string>(props: SelectProps<Value>) => {
  const { label, value, options, hint, setting, restore, onChange } = props;
  const selectId = useId();
  const hintId = useId();
  return (
    <div className="field select-field" data-restorable>
      <div className="field-head">
        <label htmlFor={selectId}>{label}</label>
        {setting === undefined ? restore : <Restore setting={setting} />}
      </div>
      <select
        id={selectId}
        value={value}
        {...(hint === undefined ? {} : { 'aria-describedby': hintId })}
        onChange={(event) => {
          const chosen = options.find(([option]) => option === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p className="hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
};
