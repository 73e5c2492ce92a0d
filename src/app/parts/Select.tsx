import { useId } from 'react';

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, words: string])[];
  readonly hint?: string;
  readonly onChange: (value: Value) => void;
}

/** One of several choices, by the browser's own list. */
export const Select = <Value extends string>(props: SelectProps<Value>) => {
  const { label, value, options, hint, onChange } = props;
  const selectId = useId();
  const hintId = useId();
  return (
    <div className="field select-field">
      <label htmlFor={selectId}>{label}</label>
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
