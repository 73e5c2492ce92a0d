import { isLive, useRun } from '../state/run';
import type { LabSession } from './session';

/** Ends the run, where one is on or prepared: what it runs with is about to change. */
export const endRun = (lab: LabSession): void => {
  const { state } = useRun.getState();
  if (isLive(state) || state === 'preparing') lab.reset();
};
