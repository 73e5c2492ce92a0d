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

/**
 * A density at the middles of the cells, row by row from the lowest y, scaled to have the integral 1
 * over the grid. `logDensity` may lack any constant factor.
 */
export const densityOnGrid = (logDensity: Field, grid: Grid): Float64Array => {
  const { cells } = grid;
  const values = new Float64Array(cells * cells);
  let most = -Infinity;
  for (let row = 0; row < cells; row++) {
    const y = cellMiddle(grid, row);
    for (let column = 0; column < cells; column++) {
      const value = logDensity(cellMiddle(grid, column), y);
      values[row * cells + column] = value;
      most = Math.max(most, value);
    }
  }
  let sum = 0;
  values.forEach((value, index) => (sum += values[index] = Math.exp(value - most)));
  const scale = 1 / (sum * cellArea(grid));
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
