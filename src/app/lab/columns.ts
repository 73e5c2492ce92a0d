/** One curve as it stands: a value at each place, the places ascending. */
export interface Column {
  /** Iterations, or whatever else the curve runs over. */
  readonly x: Float64Array;
  /** NaN where there is no value. */
  readonly y: Float64Array;
}

/** Curves by `curveKey`. */
export type Columns = ReadonlyMap<string, Column>;

export const EMPTY_COLUMN: Column = { x: new Float64Array(), y: new Float64Array() };

/** The curve of one figure of one arm. */
export const curveKey = (owner: string, figure: string): string => `${owner}:${figure}`;

/** First index whose place is at or beyond `x`; the length when there is none. */
export const indexFrom = (places: Float64Array, x: number, length = places.length): number => {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? Infinity) < x) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The last place of all curves; 0 when there are none. */
export const endOf = (columns: Iterable<Column>): number => {
  let end = 0;
  for (const { x } of columns) end = Math.max(end, x.at(-1) ?? 0);
  return end;
};
