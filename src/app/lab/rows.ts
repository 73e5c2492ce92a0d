import type { Ghost } from '../state/run';
import type { Series, SeriesRow } from './series';

/** One place on the horizontal axis: the run's figures, and the earlier run's variance. */
export type ChartRow = Partial<Omit<SeriesRow, 'first' | 'last'>> & {
  /** Middle of the iterations that the row stands for. */
  readonly x: number;
  readonly first: number;
  readonly last: number;
  readonly ghostVariance?: number | null;
};

/** The rows of `series` and `ghost` side by side, averaged over the same iterations. */
export const chartRows = (series: Series, ghost: Ghost | null): ChartRow[] => {
  const width = Math.max(series.width, ghost?.series.width ?? 1);
  const byFirst = new Map<number, ChartRow>();
  for (const { first, last, imageVariance } of ghost?.series.rows(width) ?? []) {
    byFirst.set(first, { x: middle(first, last), first, last, ghostVariance: imageVariance });
  }
  for (const row of series.rows(width)) {
    byFirst.set(row.first, {
      ...row,
      x: middle(row.first, row.last),
      ghostVariance: byFirst.get(row.first)?.ghostVariance ?? null,
    });
  }
  return [...byFirst.values()].sort((a, b) => a.x - b.x);
};

const middle = (first: number, last: number): number => (first + last) / 2;

/** The iterations of a row in words. */
export const iterationsInWords = ({ first, last }: ChartRow): string =>
  first === last ? `Iteration ${first}` : `Mean of iterations ${first} to ${last}`;
