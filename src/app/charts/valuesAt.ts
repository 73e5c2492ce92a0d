import { indexFrom, type Column } from '../lab/columns';
import type { Range } from './axis';
import type { Curve } from './curve';

/** A curve's value at the place pointed at. */
export interface ValueAt {
  readonly curve: Curve;
  readonly value: number;
}

/** The values of all curves at one place. */
export interface Values {
  readonly x: number;
  readonly values: readonly ValueAt[];
}

/** The place nearest to `x` within `range` at which a curve has a value; null when it has none. */
const nearest = ({ x: places, y }: Column, x: number, [from, to]: Range): number | null => {
  const middle = indexFrom(places, x);
  let best: number | null = null;
  for (const step of [-1, 1]) {
    let index = step < 0 ? middle - 1 : middle;
    while (index >= 0 && index < places.length && Number.isNaN(y[index])) index += step;
    const place = places[index];
    if (place === undefined || place < from || place > to) continue;
    if (best === null || Math.abs(place - x) < Math.abs(best - x)) best = place;
  }
  return best;
};

const valueAt = ({ x: places, y }: Column, x: number): number => {
  const index = indexFrom(places, x);
  return places[index] === x ? (y[index] ?? NaN) : NaN;
};

/**
 * What the curves are at the place nearest to `x` at which any has a value; those that have none
 * just there are left out. Null when no curve has a value within `range`.
 */
export const valuesAt = (curves: readonly Curve[], x: number, range: Range): Values | null => {
  let place: number | null = null;
  for (const { column } of curves) {
    const own = nearest(column, x, range);
    if (own !== null && (place === null || Math.abs(own - x) < Math.abs(place - x))) place = own;
  }
  if (place === null) return null;
  const at = place;
  const values = curves.flatMap((curve) => {
    const value = valueAt(curve.column, at);
    return Number.isNaN(value) ? [] : [{ curve, value }];
  });
  return { x: at, values };
};
