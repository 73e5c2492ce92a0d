import { X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useId, useMemo, useRef } from 'react';
import { motion } from '../lib/motion';
import { STOPS, type Stop } from './stops';
import { endTour, goTo, stopBeside, targetOf, useTour } from './store';
import '../styles/tour.css';

/** Brings the control into sight, and marks it for as long as the tour stops there. */
const useMarked = (target: HTMLElement | null): void => {
  useEffect(() => {
    if (target === null) return;
    target.toggleAttribute('data-tour-here', true);
    target.scrollIntoView({ block: 'start', behavior: motion() });
    return () => {
      target.removeAttribute('data-tour-here');
    };
  }, [target]);
};

const Buttons = ({ at }: { at: number }) => {
  const before = stopBeside(at, -1);
  const after = stopBeside(at, 1);
  return (
    <div className="tour-buttons">
      <span className="hint">
        {at + 1} of {STOPS.length}
      </span>
      {before !== null && (
        <button type="button" className="button quiet" onClick={() => goTo(before)}>
          Back
        </button>
      )}
      <button type="button" className="button primary" onClick={() => goTo(after)}>
        {after === null ? 'Done' : 'Next'}
      </button>
    </div>
  );
};

/** One stop, beside the control that it is about; on a phone a sheet at the lower edge. */
const StopCard = ({ stop, at }: { stop: Stop; at: number }) => {
  const title = useId();
  const text = useId();
  const card = useRef<HTMLDivElement>(null);
  const target = useMemo(() => targetOf(stop), [stop]);
  const anchor = useMemo(() => ({ current: target ?? document.body }), [target]);
  useMarked(target);
  return (
    <Popover.Root open onOpenChange={(open) => !open && endTour()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          ref={card}
          className="popover tour"
          side="right"
          align="start"
          sideOffset={14}
          collisionPadding={12}
          aria-labelledby={title}
          aria-describedby={text}
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            card.current?.focus({ preventScroll: true });
          }}
          // The next stop takes the focus itself; after the last the tour's button does.
          onCloseAutoFocus={(event) => event.preventDefault()}
          // What it points at may be tried while it stands there.
          onInteractOutside={(event) => event.preventDefault()}
        >
          <h2 id={title}>{stop.title}</h2>
          <p id={text}>{stop.text}</p>
          <Buttons at={at} />
          <button
            type="button"
            className="icon-button tour-skip"
            onClick={endTour}
            aria-label="Leave the tour"
            title="Leave the tour"
          >
            <X aria-hidden />
          </button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
};

/** The stop that the tour is at. */
export const Tour = () => {
  const at = useTour((tour) => tour.at);
  const stop = at === null ? undefined : STOPS[at];
  return at === null || stop === undefined ? null : <StopCard key={stop.id} stop={stop} at={at} />;
};
