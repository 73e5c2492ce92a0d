import { useEffect, useRef, useState } from 'react';
import { throttle } from './throttle';

/** `value`, changed at most once in `interval` milliseconds; the last change is never lost. */
export const useCalm = <Value>(value: Value, interval: number): Value => {
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
