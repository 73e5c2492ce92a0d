import { ownerOf, type Curve } from '../../../../src/app/charts/curve';
import type { Column } from '../../../../src/app/lab/columns';

/** A curve over 1, 2, 3 and so on, or over `places`. */
export const columnOf = (
  values: readonly number[],
  places: readonly number[] = values.map((_, index) => index + 1),
): Column => ({ x: Float64Array.from(places), y: Float64Array.from(values) });

export const curveOf = (name: string, column: Column): Curve => ({
  key: name,
  owner: ownerOf('arm', name),
  name,
  color: 'var(--arm-1)',
  column,
});
