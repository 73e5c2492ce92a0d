import { useId, useState, type ReactNode } from 'react';
import { compact } from '../lib/format';
import type { SettingId } from '../settings/catalogue';
import { OnReset } from './OnReset';
import { Restore } from './Restore';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly isValid: (value: number) => boolean;
  /** What may be entered: the hint, and the message for anything else. */
  readonly rule: string;
  /** True while the run still goes by the earlier value. */
  readonly pending?: boolean;
  /** The setting that it shows, which can be restored beside it. */
  readonly setting?: SettingId;
  /** The way to restore what is no setting of an arm. */
  readonly restore?: ReactNode;
  readonly onChange: (value: number) => void;
}

/** A number to type; only valid ones are passed on, others explain themselves. */
export const NumberField = (props: NumberFieldProps) => {
  const { label, value, isValid, rule, pending = false, setting, restore, onChange } = props;
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
        {setting === undefined ? restore : <Restore setting={setting} />}
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

const accepts = (text: string, isValid: (value: number) => boolean): boolean =>
  text.trim() !== '' && Number.isFinite(Number(text)) && isValid(Number(text));
