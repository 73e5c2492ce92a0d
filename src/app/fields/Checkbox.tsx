import type { ReactNode } from 'react';
import type { SettingId } from '../settings/catalogue';
import { Restore } from './Restore';

interface CheckboxProps {
  readonly checked: boolean;
  /** The setting that it shows, which can be restored beside it. */
  readonly setting?: SettingId;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
}

/** A checkbox with its label. */
export const Checkbox = ({ checked, setting, onChange, children }: CheckboxProps) => (
  <div className="checkbox-row" data-restorable>
    <label className="checkbox">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
    {setting !== undefined && <Restore setting={setting} />}
  </div>
);
