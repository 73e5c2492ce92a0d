import { useEffect, useRef, useState } from 'react';
import { throttle } from '../lib/throttle';

/** Shortest time between two redraws of a chart, in milliseconds: the eye needs no more than six a second. */
export const REDRAW_INTERVAL = 160;

/** `value`, changed at most once in `interval` milliseconds; the last change is never lost. */
export const useCalm = <Value>(value: Value, interval = REDRAW_INTERVAL): Value => {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const show = useRef<(() => void) | null>(null);
  useEffect(() => {
    newest.current = value;
    show.current ??= throttle(() => setShown(newest.current), interval);
    show.current();
  }, [value, interval]);
  return shown;
};
