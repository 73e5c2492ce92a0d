import type { Field } from './density';

/** A square of cells about the origin: [-half, half]^2 in `cells` by `cells`. */
export interface Grid {
  readonly half: number;
  readonly cells: number;
}

/** Area of one cell. */
export const cellArea = ({ half, cells }: Grid): number => ((2 * half) / cells) ** 2;

/** The middle of the cell in that place of a row or a column. */
export const cellMiddle = ({ half, cells }: Grid, place: number): number =>
  ((2 * place + 1) / cells - 1) * half;

/** A field at the middles of the cells, row by row from the lowest y. */
export const fieldOnGrid = (field: Field, grid: Grid): Float64Array => {
  const { cells } = grid;
  const values = new Float64Array(cells * cells);
  for (let row = 0; row < cells; row++) {
    const y = cellMiddle(grid, row);
    for (let column = 0; column < cells; column++) {
      values[row * cells + column] = field(cellMiddle(grid, column), y);
    }
  }
  return values;
};

/**
 * The density of these logarithms on a grid, scaled to have the integral 1 over it: they may lack any
 * constant.
 */
export const densityOnGrid = (logs: Float64Array, grid: Grid): Float64Array => {
  const most = logs.reduce((largest, value) => Math.max(largest, value), -Infinity);
  const values = logs.map((value) => Math.exp(value - most));
  const scale = 1 / (values.reduce((sum, value) => sum + value, 0) * cellArea(grid));
  return values.map((value) => value * scale);
};

/**
 * The density at the edge of the smallest region that holds each of `masses` (0 to 1, rising) of a
 * density on a grid: where its contours are drawn.
 */
export const levelsOfMass = (density: Float64Array, masses: readonly number[]): number[] => {
  const falling = Float64Array.from(density).sort().reverse();
  const total = falling.reduce((sum, value) => sum + value, 0);
  const levels: number[] = [];
  let held = 0;
  for (const value of falling) {
    held += value;
    while (levels.length < masses.length && held >= (masses[levels.length] ?? 1) * total) {
      levels.push(value);
    }
  }
  return levels;
};
