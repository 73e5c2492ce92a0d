import { useSyncExternalStore } from 'react';

const reduced = window.matchMedia('(prefers-reduced-motion: reduce)');

const subscribe = (listener: () => void): (() => void) => {
  reduced.addEventListener('change', listener);
  return () => reduced.removeEventListener('change', listener);
};

/** True where a visitor asks for less motion. */
export const useReducedMotion = (): boolean =>
  useSyncExternalStore(subscribe, () => reduced.matches);
