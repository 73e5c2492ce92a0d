import { Undo2 } from 'lucide-react';
import type { MouseEvent } from 'react';
import { SETTINGS, type SettingId } from '../settings/catalogue';
import { useOrigin, useSteered, useSteering } from '../state/steering';

/** The control beside the button, which takes the focus when the button goes. */
const controlBeside = (button: Element): HTMLElement | null =>
  button
    .closest('[data-restorable]')
    ?.querySelector<HTMLElement>(
      '[role="slider"], [role="switch"], input:checked, input, select',
    ) ?? null;

/** Gives one setting back what it was set up with; there only while it differs. */
export const Restore = ({ setting }: { setting: SettingId }) => {
  const { name, read, restore } = SETTINGS[setting];
  const now = useSteered(read);
  const before = useOrigin(read);
  const { change, origin } = useSteering();
  if (now === before) return null;
  const press = ({ currentTarget }: MouseEvent): void => {
    controlBeside(currentTarget)?.focus();
    change((config) => restore(config, origin.getState()));
  };
  const words = `Back to ${before}`;
  return (
    <button
      type="button"
      className="restore"
      onClick={press}
      title={words}
      aria-label={`${name}: ${words.toLowerCase()}`}
    >
      <Undo2 aria-hidden />
    </button>
  );
};
