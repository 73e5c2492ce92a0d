import { Signpost } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useSupport } from '../state/support';
import { later } from '../messages/later';
import { beginTour, endTour, useTour } from './store';

/** Loaded when it is first asked for: nobody is taken along unasked. */
const Tour = later(async () => (await import('./Tour')).Tour);

/** Offers the tour, quietly; there is none where nothing can be run. */
export const TourButton = () => {
  const { at, seen } = useTour();
  const ready = useSupport(({ support }) => support.kind === 'ready');
  const button = useRef<HTMLButtonElement>(null);
  const on = at !== null;
  const wasOn = useRef(false);
  useEffect(() => {
    if (wasOn.current && !on) button.current?.focus({ preventScroll: true });
    wasOn.current = on;
  }, [on]);
  // A visitor who goes to the other view leaves the tour behind.
  useEffect(
    () => () => {
      if (useTour.getState().at !== null) endTour();
    },
    [],
  );
  if (!ready) return null;
  return (
    <>
      <button ref={button} type="button" className="button quiet tour-button" onClick={beginTour}>
        <Signpost aria-hidden /> {seen ? 'Tour again' : 'Take the tour: five stops'}
      </button>
      {on && <Tour />}
    </>
  );
};
