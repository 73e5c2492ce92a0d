import { Info } from 'lucide-react';
import { troubleAt, type Place } from '../lib/troubles';
import { useSteered } from '../state/steering';

/** What is impossible or without effect here, in words beside the control; nothing where all is well. */
export const Trouble = ({ at }: { at: Place }) => {
  const words = useSteered((config) => troubleAt(at, config));
  return (
    <p className="trouble" role="status">
      {words !== null && (
        <>
          <Info aria-hidden /> <span>{words}</span>
        </>
      )}
    </p>
  );
};
