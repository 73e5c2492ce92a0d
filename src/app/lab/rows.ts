import { slot, type Series } from './series';

/** One place on the horizontal axis of a chart, with the value of every curve there. */
export interface ChartRow {
  /** Middle of the iterations that the row stands for. */
  readonly x: number;
  readonly first: number;
  readonly last: number;
  /** By `curveKey`; absent or null where a curve has no value. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** The curve of one figure of one arm. */
export const curveKey = (owner: string, figure: string): string => `${owner}:${figure}`;

/** The rows of several arms side by side, averaged over the same iterations. */
export const chartRows = <Figure extends string>(
  owners: ReadonlyMap<string, Series<Figure>>,
): ChartRow[] => {
  const width = Math.max(1, ...[...owners.values()].map((series) => series.width));
  const bySlot = new Map<
    number,
    { first: number; last: number; values: Record<string, number | null> }
  >();
  for (const [owner, series] of owners) {
    for (const { first, last, values } of series.rows(width)) {
      const place = slot(first, width);
      const row = bySlot.get(place) ?? { first, last, values: {} };
      row.first = Math.min(row.first, first);
      row.last = Math.max(row.last, last);
      for (const [figure, value] of Object.entries<number | null>(values)) {
        row.values[curveKey(owner, figure)] = value;
      }
      bySlot.set(place, row);
    }
  }
  return [...bySlot.values()]
    .map((row) => ({ ...row, x: (row.first + row.last) / 2 }))
    .sort((a, b) => a.x - b.x);
};

/** The iterations of a row in words. */
export const iterationsInWords = ({ first, last }: ChartRow): string =>
  first === last ? `Iteration ${first}` : `Mean of iterations ${first} to ${last}`;
