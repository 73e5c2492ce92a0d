import { useId } from 'react';
import type { SettingId } from '../settings/catalogue';
import { OnReset } from '../controls/OnReset';
import { Restore } from './Restore';
import { RestoreButton } from './RestoreButton';

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, words: string])[];
  readonly hint?: string;
  /** True while the run still goes by the earlier choice. */
  readonly pending?: boolean;
  /** The setting that it shows, which can be restored beside it. */
  readonly setting?: SettingId;
  /** What it is restored to where it is no setting of an arm. */
  readonly first?: Value;
  readonly onChange: (value: Value) => void;
}

/** One of several choices, by the browser's own list. */
export const Select = <Value extends string>(props: SelectProps<Value>) => {
  const { label, value, options, hint, pending = false, setting, first, onChange } = props;
  const selectId = useId();
  const hintId = useId();
  const wordsOf = (choice: Value): string =>
    options.find(([option]) => option === choice)?.[1] ?? choice;
  return (
    <div className="field select-field" data-restorable>
      <div className="field-head">
        <label htmlFor={selectId}>{label}</label>
        {setting !== undefined && <Restore setting={setting} />}
        {first !== undefined && (
          <RestoreButton
            name={label.toLowerCase()}
            now={wordsOf(value)}
            before={wordsOf(first)}
            onRestore={() => onChange(first)}
          />
        )}
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
      {hint !== undefined && <OnReset id={hintId} pending={pending} hint={hint} />}
    </div>
  );
};
