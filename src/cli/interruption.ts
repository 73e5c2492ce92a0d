/** Exit code of a process that was interrupted, as shells have it. */
export const INTERRUPTED = 130;

/** Two signals nearer than this, in milliseconds, are one that came by two ways. */
const ECHO = 1000;

/** Aborts at the first interrupt or a scheduler's request to end; a second interrupt ends at once. */
export const interruption = (): AbortSignal => {
  const stop = new AbortController();
  let first = 0;
  process.on('SIGINT', () => {
    if (stop.signal.aborted && performance.now() - first > ECHO) process.exit(INTERRUPTED);
    if (first === 0) first = performance.now();
    stop.abort();
  });
  process.on('SIGTERM', () => {
    stop.abort();
  });
  return stop.signal;
};
