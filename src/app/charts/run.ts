import { useMemo } from 'react';
import { curveKey, EMPTY_COLUMN, endOf, type Columns } from '../lab/columns';
import { armColor } from '../lib/colors';
import { armOf, useBench } from '../state/bench';
import { useRun } from '../state/run';
import type { Ghost } from '../state/run';
import type { Range } from './axis';
import { GHOST_COLOR } from './curve';
import type { ChangeMark, Curve } from './curve';

/** Least length of the horizontal axis, in iterations. */
const SHORTEST = 10;

/** Parts of the horizontal axis by which it grows in a long run, so that axes are seldom redrawn. */
const GRAINS = 64;

/**
 * The iterations that curves may show: from 0 to the furthest, at least a few; of a long run a little
 * more, so that its axes hold for a while.
 */
export const extentOf = (columns: Columns): Range => {
  const end = Math.max(SHORTEST, endOf(columns.values()));
  const grain = Math.max(1, 2 ** Math.floor(Math.log2(end / GRAINS)));
  return [0, grain * Math.ceil(end / grain)];
};

/** The iterations of the run and of its ghosts. */
export const useExtent = (): Range => {
  const columns = useRun((run) => run.columns);
  return useMemo(() => extentOf(columns), [columns]);
};

/** The moments at which arms came to be moved by other terms. */
export const useMarks = (): readonly ChangeMark[] => {
  const changes = useRun((run) => run.changes);
  const bench = useBench();
  const alone = bench.arms.length === 1;
  const seen = new Set<string>();
  return changes.flatMap(({ arm, iteration, terms }) => {
    const first = !seen.has(arm);
    seen.add(arm);
    const color = armOf(bench, arm)?.color;
    if (first || color === undefined) return [];
    return [
      {
        key: `${arm} ${iteration}`,
        iteration,
        words: terms,
        color: alone ? null : armColor(color),
      },
    ];
  });
};

/** A figure's curves of earlier runs, as far as they were kept. */
export const ghostCurves = (ghosts: readonly Ghost[], figure: string, columns: Columns): Curve[] =>
  ghosts.flatMap(({ owner, words }) => {
    const key = curveKey(owner, figure);
    const column = columns.get(key) ?? EMPTY_COLUMN;
    if (column.y.every(Number.isNaN)) return [];
    return [
      { key, owner, name: `previous run: ${words}`, color: GHOST_COLOR, dashed: true, column },
    ];
  });
