import { contours } from 'd3-contour';
import type { GuidanceScale } from '../../../flow/time';
import { guidedLogDensity, logDensityOf } from '../../../tasks/mixture/density';
import { densityOnGrid, fieldOnGrid, levelsOfMass, type Grid } from '../../../tasks/mixture/grid';
import type { Mixture } from '../../../tasks/mixture/mixture';
import type { DensityKind } from '../state/look';

/** Shares of the mass that lie within the contours, outermost first. */
const MASSES = [0.95, 0.8, 0.55, 0.25];

/** Log densities of a mixture on a grid: of every class, and of all together. */
export interface LogGrids {
  readonly grid: Grid;
  readonly classes: readonly Float64Array[];
  readonly all: Float64Array;
}

/** A region of the plane, in units of the plane. */
export interface Contour {
  /** The class whose density it is of; null: of all classes. */
  readonly class: number | null;
  readonly path: Path2D;
}

export const logGridsOf = (mixture: Mixture, grid: Grid): LogGrids => ({
  grid,
  classes: mixture.classes.map((_, of) => fieldOnGrid(logDensityOf(mixture, of), grid)),
  all: fieldOnGrid(logDensityOf(mixture, null), grid),
});

/** The contours of one class, or of each; `alpha` matters to guided ones. */
export const contoursOf = (
  { grid, classes, all }: LogGrids,
  kind: DensityKind,
  only: number | null,
  alpha: GuidanceScale,
): Contour[] => {
  if (kind === 'none') return [];
  if (kind === 'unconditional') return regionsOf(all, grid, null);
  return classes.flatMap((own, of) => {
    if (only !== null && only !== of) return [];
    if (kind === 'conditional') return regionsOf(own, grid, of);
    const guided = own.map((value, cell) => guidedLogDensity(value, all[cell] ?? NaN, alpha));
    return regionsOf(guided, grid, of);
  });
};

const regionsOf = (logs: Float64Array, grid: Grid, of: number | null): Contour[] => {
  const density = densityOnGrid(logs, grid);
  const levels = levelsOfMass(density, [...MASSES].reverse()).reverse();
  const trace = contours().size([grid.cells, grid.cells]);
  const values = Array.from(density);
  return levels.map((level) => ({
    class: of,
    path: pathOf(trace.contour(values, level).coordinates, grid),
  }));
};

/** Polygons in cells as a path in the plane. */
const pathOf = (polygons: readonly number[][][][], { half, cells }: Grid): Path2D => {
  const path = new Path2D();
  const place = (cell = 0): number => ((2 * cell) / cells - 1) * half;
  for (const ring of polygons.flat()) {
    ring.forEach(([x, y], index) => {
      if (index === 0) path.moveTo(place(x), place(y));
      else path.lineTo(place(x), place(y));
    });
    path.closePath();
  }
  return path;
};
