import { Trash2 } from 'lucide-react';
import { useState, type MouseEvent } from 'react';
import { focusNeighbour } from '../lib/focus';

interface RemoveButtonProps {
  /** What is removed, for those who do not see what the button stands beside. */
  readonly name: string;
  /** What it says at first; absent: it is an icon then. */
  readonly says?: string;
  /** What it asks before it does so. */
  readonly question?: string;
  readonly onRemove: () => void;
}

/** Removes something for good: pressed, it asks; pressed again, it does so. */
export const RemoveButton = (props: RemoveButtonProps) => {
  const { name, says, question = 'Really?', onRemove } = props;
  const [sure, setSure] = useState(false);
  const words = sure ? question : says;
  const press = ({ currentTarget }: MouseEvent): void => {
    setSure(!sure);
    if (!sure) return;
    focusNeighbour(currentTarget);
    onRemove();
  };
  return (
    <button
      type="button"
      className={words === undefined ? 'icon-button small' : 'button quiet'}
      aria-label={sure ? `Really remove ${name}` : `Remove ${name}`}
      onBlur={() => setSure(false)}
      onClick={press}
    >
      <Trash2 aria-hidden /> {words}
    </button>
  );
};
