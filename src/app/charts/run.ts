import { useMemo } from 'react';
import { useGhosts } from '../ghosts/store';
import { curveKey, EMPTY_COLUMN, endOf, type Columns } from '../lab/columns';
import { armColor } from '../lib/colors';
import { armOf, useBench } from '../state/bench';
import { useRun } from '../state/run';
import type { Range } from './axis';
import { ownerOf, type ChangeMark, type Curve } from './curve';

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
  const runs = useGhosts((state) => state.runs);
  return useMemo(() => {
    const past = runs.flatMap(({ ghosts }) => ghosts.flatMap((ghost) => ghost.columns));
    return extentOf(new Map([...past, ...columns]));
  }, [columns, runs]);
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

/** How much of its colour a ghost keeps, the oldest run first; later ones are fainter. */
const FAINTNESS = [70, 50, 38, 30] as const;

const ghostColor = (place: number, run: number): string => {
  const share = FAINTNESS[Math.min(run, FAINTNESS.length - 1)] ?? 30;
  return `color-mix(in srgb, ${armColor(place)} ${share}%, var(--paper))`;
};

/** A figure's curves of earlier runs, as far as they have it. */
export const useGhostCurves = (figure: string): readonly Curve[] => {
  const runs = useGhosts((state) => state.runs);
  return useMemo(
    () =>
      runs.flatMap(({ name: run, ghosts }, age) =>
        ghosts.flatMap(({ owner, words, color: place, columns }): Curve[] => {
          const key = curveKey(owner, figure);
          const column = columns.find(([known]) => known === key)?.[1] ?? EMPTY_COLUMN;
          if (column.y.every(Number.isNaN)) return [];
          const color = ghostColor(place, age);
          return [
            {
              key,
              owner: ownerOf('ghost', owner),
              name: `${run}: ${words}`,
              color,
              dashed: true,
              column,
            },
          ];
        }),
      ),
    [runs, figure],
  );
};
