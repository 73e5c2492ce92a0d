import { useId, useState } from 'react';
import { compact } from '../lib/format';
import type { IsValid } from '../lib/numbers';
import type { SettingId } from '../settings/catalogue';
import { OnReset } from '../controls/OnReset';
import { Restore } from './Restore';
import { RestoreButton } from './RestoreButton';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly isValid: IsValid;
  /** What may be entered: the hint, and the message for anything else. */
  readonly rule: string;
  /** True while the run still goes by the earlier value. */
  readonly pending?: boolean;
  /** The setting that it shows, which can be restored beside it. */
  readonly setting?: SettingId;
  /** What it is restored to where it is no setting of an arm. */
  readonly first?: number;
  readonly onChange: (value: number) => void;
}

/** A number to type; only valid ones are passed on, others explain themselves. */
export const NumberField = (props: NumberFieldProps) => {
  const { label, value, isValid, rule, pending = false, setting, first, onChange } = props;
  const inputId = useId();
  const hintId = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const invalid = draft !== null && !accepts(draft, isValid);
  const enter = (text: string): void => {
    setDraft(text);
    if (accepts(text, isValid)) onChange(Number(text));
  };
  return (
    <div className="field number-field" data-restorable>
      <div className="field-head">
        <label htmlFor={inputId}>{label}</label>
        {setting !== undefined && <Restore setting={setting} />}
        {first !== undefined && (
          <RestoreButton
            name={label.toLowerCase()}
            now={compact(value)}
            before={compact(first)}
            onRestore={() => onChange(first)}
          />
        )}
      </div>
      <input
        id={inputId}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        value={draft ?? compact(value)}
        aria-invalid={invalid}
        aria-describedby={hintId}
        onChange={(event) => enter(event.currentTarget.value)}
        onBlur={() => setDraft(null)}
      />
      <OnReset id={hintId} pending={pending && !invalid} hint={rule} />
    </div>
  );
};

const accepts = (text: string, isValid: IsValid): boolean =>
  text.trim() !== '' && Number.isFinite(Number(text)) && isValid(Number(text));
