import { throttle } from '../lib/throttle';
import { useBench } from '../state/bench';
import { useExperiment } from '../state/experiment';
import { useSamples } from '../state/samples';
import { useTask } from '../state/task';
import type { LabSession } from './session';
import { addressNow, linkOf, openLink } from './shareLink';
import { useTeachers } from './teachers';

/**
 * Keeps the page's address saying what is on the bench, so that it can be shared, kept and reloaded
 * at any time; and opens links that come into the address later.
 */

/** Shortest time between two changes of the address, in milliseconds; browsers allow no more. */
const INTERVAL = 1000;
/** Marks addresses that this page wrote: they are no links that somebody opened. */
const OURS = 'spear-and-shield.bench';

/** True where the present address is one that this page wrote, as after a reload. */
export const isOwnAddress = (): boolean => window.history.state === OURS;

/** Writes the bench into the address, now. */
export const writeAddress = (): void => {
  window.history.replaceState(OURS, '', addressNow());
};

/** What an address depends on; the stores' other parts change many times a second. */
const parts = (): readonly unknown[] => {
  const { shared, arms, evaluation } = useBench.getState();
  const { prompts, seed } = useSamples.getState();
  const { chosen } = useExperiment.getState();
  const { task } = useTask.getState();
  return [shared, arms, evaluation, prompts, seed, chosen, task, useTeachers.getState().choice];
};

/** Follows bench and address from now on. */
export const followBench = (lab: LabSession): void => {
  let last = parts();
  const look = throttle(() => {
    const now = parts();
    if (now.every((part, index) => part === last[index])) return;
    last = now;
    writeAddress();
  }, INTERVAL);
  for (const store of [useBench, useSamples, useExperiment, useTask, useTeachers]) {
    store.subscribe(look);
  }
  window.addEventListener('hashchange', () => {
    const link = linkOf(window.location);
    if (link !== null && !isOwnAddress()) openLink(link, lab);
  });
};
