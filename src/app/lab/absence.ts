import { notify } from '../state/notices';
import { useRun } from '../state/run';

/** Shorter absences are not worth a word, in milliseconds. */
const SHORTEST = 10_000;

/** What became of a run while nobody looked; null where there is nothing to tell. */
export const absenceInWords = (
  left: { readonly iteration: number; readonly running: boolean },
  back: { readonly iteration: number; readonly running: boolean },
): string | null => {
  if (!left.running) return null;
  const trained = back.iteration - left.iteration;
  if (!back.running) {
    return `While this tab was in the background, training ended at iteration ${back.iteration}.`;
  }
  if (trained > 0) {
    return `Training went on while this tab was in the background: iterations ${left.iteration + 1} to ${back.iteration}.`;
  }
  return 'The browser held training while this tab was in the background. It goes on now; keep the tab in sight to let it run.';
};

const now = () => {
  const { iteration, state } = useRun.getState();
  return { iteration, running: state === 'running' };
};

/** Tells a visitor who comes back to this tab what the run did meanwhile. */
export const tellOfAbsences = (page: Document): void => {
  let left = { at: performance.now(), ...now() };
  page.addEventListener('visibilitychange', () => {
    if (page.hidden) {
      left = { at: performance.now(), ...now() };
      return;
    }
    const text = absenceInWords(left, now());
    if (text !== null && performance.now() - left.at >= SHORTEST) notify({ id: 'absence', text });
  });
};
