import { termsInWords } from '../lib/terms';
import type { Arm } from '../state/bench';
import type { Change } from '../state/run';

/**
 * Notes from which iteration on arms are moved by other terms than before, and drops what is known
 * of arms that are gone. `iteration`: the last one that was done.
 */
export const noteChanges = (
  changes: readonly Change[],
  arms: readonly Pick<Arm, 'id' | 'config'>[],
  iteration: number,
): readonly Change[] =>
  arms.flatMap(({ id, config }) => {
    const own = changes.filter(({ arm }) => arm === id);
    const first = own.length === 0 ? 1 : iteration + 1;
    return withChange(own, { arm: id, iteration: first, terms: termsInWords(config) });
  });

/** Adds a change of terms, unless nothing changed or nothing was trained with the one before. */
const withChange = (changes: readonly Change[], change: Change): readonly Change[] => {
  if (changes.at(-1)?.terms === change.terms) return changes;
  const earlier = changes.filter(({ iteration }) => iteration < change.iteration);
  return earlier.at(-1)?.terms === change.terms ? earlier : [...earlier, change];
};
