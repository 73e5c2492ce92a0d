import { useEffect, useRef, useState } from 'react';
import { throttle } from '../lib/throttle';

/** Shortest time between two redraws of a chart, in milliseconds: ten a second. */
export const REDRAW_INTERVAL = 100;

/** `value`, changed at most ten times a second; the last change is never lost. */
export const useCalm = <Value>(value: Value): Value => {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const show = useRef<(() => void) | null>(null);
  useEffect(() => {
    newest.current = value;
    show.current ??= throttle(() => setShown(newest.current), REDRAW_INTERVAL);
    show.current();
  }, [value]);
  return shown;
};
