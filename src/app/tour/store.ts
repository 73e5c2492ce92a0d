import { create } from 'zustand';
import { recall, remember } from '../lib/remembered';
import { nextStop, type Stop } from './stops';

interface TourSlice {
  /** Place of the stop that is shown; null: no tour is on. */
  readonly at: number | null;
  /** Whether a visitor has taken it, or waved it away, before. */
  readonly seen: boolean;
}

const NAME = 'tour';

export const useTour = create<TourSlice>()(() => ({ at: null, seen: recall(NAME) === 'seen' }));

/** The control of a stop; null where the page does not have it. */
export const targetOf = ({ target }: Stop): HTMLElement | null => document.querySelector(target);

const isThere = (stop: Stop): boolean => targetOf(stop) !== null;

/** Shows the first stop. */
export const beginTour = (): void => useTour.setState({ at: nextStop(-1, 1, isThere) });

/** Ends the tour, at its last stop or before, and remembers that. */
export const endTour = (): void => {
  remember(NAME, 'seen');
  useTour.setState({ at: null, seen: true });
};

/** The stop before (-1) or after (1) the present one; null where there is none. */
export const stopBeside = (at: number, by: 1 | -1): number | null => nextStop(at, by, isThere);

/** Shows another stop; after the last the tour ends. */
export const goTo = (at: number | null): void => {
  if (at === null) endTour();
  else useTour.setState({ at });
};
