import { useEffect } from 'react';
import { useSamples } from '../state/samples';
import { beginBallot } from './store';

/** Goes on by itself when both arms have drawn. */
export const Waiting = () => {
  const grids = useSamples((state) => state.grids);
  const stale = useSamples((state) => state.stale);
  useEffect(() => beginBallot(), [grids, stale]);
  return (
    <p className="hint dialog-waiting" role="status">
      The arms are drawing…
    </p>
  );
};
