import { useEffect, useRef, useState } from 'react';

/** A value that changes at most once in `interval` milliseconds, and never misses the last one. */
export const useCalm = <Value>(value: Value, interval: number): Value => {
  const [calm, setCalm] = useState(value);
  const changed = useRef(-Infinity);
  useEffect(() => {
    const wait = Math.max(0, changed.current + interval - performance.now());
    const timer = setTimeout(() => {
      changed.current = performance.now();
      setCalm(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, interval]);
  return calm;
};
