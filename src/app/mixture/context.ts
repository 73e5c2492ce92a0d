import { createContext, use } from 'react';
import type { PlaneSession } from './session';

/** The session that the view's controls act on. */
export const PlaneContext = createContext<PlaneSession | null>(null);

/** The session of the enclosing PlaneContext. Throws outside one. */
export const usePlane = (): PlaneSession => {
  const plane = use(PlaneContext);
  if (plane === null) throw new Error('usePlane needs a PlaneContext around it.');
  return plane;
};
