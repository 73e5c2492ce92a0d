/**
 * A function that runs `action` at most once in `interval` milliseconds: at once when it has been
 * quiet, else at the end of the interval, so that the last call is never lost.
 */
export const throttle = (action: () => void, interval: number): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  const run = (): void => {
    timer = undefined;
    last = performance.now();
    action();
  };
  return () => {
    if (timer !== undefined) return;
    const wait = last + interval - performance.now();
    if (wait <= 0) run();
    else timer = setTimeout(run, wait);
  };
};
