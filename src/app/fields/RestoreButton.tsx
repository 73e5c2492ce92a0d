import { Undo2 } from 'lucide-react';
import type { MouseEvent } from 'react';

/** The control beside the button, which takes the focus when the button goes. */
const controlBeside = (button: Element): HTMLElement | null =>
  button
    .closest('[data-restorable]')
    ?.querySelector<HTMLElement>(
      '[role="slider"], [role="switch"], input:checked, input, select',
    ) ?? null;

interface RestoreButtonProps {
  /** What is restored, for those who do not see what the button stands beside. */
  readonly name: string;
  /** The setting now and as it was, in words. */
  readonly now: string;
  readonly before: string;
  readonly onRestore: () => void;
}

/** Gives one setting back what it was; there only while it differs. */
export const RestoreButton = ({ name, now, before, onRestore }: RestoreButtonProps) => {
  if (now === before) return null;
  const press = ({ currentTarget }: MouseEvent): void => {
    controlBeside(currentTarget)?.focus();
    onRestore();
  };
  return (
    <button
      type="button"
      className="restore"
      onClick={press}
      title={`Back to ${before}`}
      aria-label={`${name}: back to ${before}`}
    >
      <Undo2 aria-hidden />
    </button>
  );
};
