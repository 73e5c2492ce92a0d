import type { ArmId } from '../../lab/config';
import type { RunRecord } from '../../lab/record';
import { RunCurves } from '../lab/curves';
import { termsInWords } from '../lib/terms';
import { changesInWords, type Change } from '../state/run';
import type { Ghost, GhostRun } from './store';

/** What curves become ghosts of. */
interface Past {
  readonly arms: readonly { readonly id: ArmId; readonly name: string; readonly color: number }[];
  readonly changes: readonly Change[];
}

/** The arms' name and terms; once where the name says the same. */
const wordsOf = (id: ArmId, { arms, changes }: Past): string => {
  const name = arms.find((arm) => arm.id === id)?.name ?? id;
  const terms = changesInWords(changes.filter(({ arm }) => arm === id));
  return terms === '' || terms === name ? name : `${name} (${terms})`;
};

/** Copies arrays, each once: curves that share their places go on sharing them. */
const copier = (): ((values: Float64Array) => Float64Array) => {
  const copies = new Map<Float64Array, Float64Array>();
  return (values) => {
    const copy = copies.get(values) ?? values.slice();
    copies.set(values, copy);
    return copy;
  };
};

/** The arms of a run as ghosts, as they stand; without ghosts when nothing was trained. */
export const ghostsOf = (
  curves: RunCurves,
  past: Past,
  about: Pick<GhostRun, 'name' | 'task'>,
): GhostRun => {
  // Unlike any other's, so that its curves have keys of their own.
  const run = crypto.randomUUID();
  const ghosts = curves.trained.map((id): Ghost => {
    const owner = `${run}-${id}`;
    // Copies: the arm may go back in time, and its curves with it.
    const copy = copier();
    return {
      ...{ owner, words: wordsOf(id, past) },
      color: past.arms.find((arm) => arm.id === id)?.color ?? 0,
      columns: curves
        .columnsOf(id, owner)
        .map(([key, { x, y }]) => [key, { x: copy(x), y: copy(y) }] as const),
    };
  });
  return { ...about, id: run, saved: new Date().toISOString(), kept: false, ghosts };
};

/** From which iteration on the arms of a record were moved by which terms. */
export const changesOf = ({ arms }: Pick<RunRecord, 'arms'>): readonly Change[] =>
  arms.flatMap(({ id: arm, changes }) =>
    changes.map(({ iteration, config }) => ({
      arm,
      iteration: iteration + 1,
      terms: termsInWords(config),
    })),
  );

/** The arms of a saved run as ghosts. */
export const ghostsOfRecord = (record: RunRecord, name: string): GhostRun => {
  const curves = new RunCurves();
  for (const { id, figures, evaluations } of record.arms) curves.push(id, figures, evaluations);
  const arms = record.arms.map((arm, color) => ({ id: arm.id, name: arm.name, color }));
  return ghostsOf(curves, { arms, changes: changesOf(record) }, { name, task: record.task });
};
