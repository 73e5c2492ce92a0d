import { logDensityOf } from '../../tasks/mixture/density';
import type { Mixture } from '../../tasks/mixture/mixture';

/** Half the edge of the square over which densities are compared, and cells along the edge. */
const REACH = 4;
const CELLS = 48;
const CELL = (2 * REACH) / CELLS;
/** Standard deviation of the kernel: above a cell's edge, so that sums over cells are exact. */
const KERNEL = 0.2;
/** The kernel is 0 from so many standard deviations on. */
const CUT = 6;
/** Least mass that the teacher is taken to have in a cell, so that no divergence exceeds 13.8. */
const LEAST_MASS = 1e-6;

const centre = (cell: number): number => (cell + 0.5) * CELL - REACH;

/** The mixture as the kernel blurs it: exactly, each covariance widened by the kernel's. */
const blurred = ({ classes, components }: Mixture): Mixture => ({
  classes,
  components: components.map(({ covariance: [xx, xy, yy], ...rest }) => ({
    ...rest,
    covariance: [xx + KERNEL ** 2, xy, yy + KERNEL ** 2],
  })),
});

/** log of a density's mass in each cell of the square, and outside. */
interface Teacher {
  readonly logs: Float64Array;
  readonly outside: number;
}

const logMass = (mass: number): number => Math.log(Math.max(mass, LEAST_MASS));

/** Of one class of a mixture that is blurred already. */
const teacherOf = (mixture: Mixture, index: number): Teacher => {
  const logDensity = logDensityOf(mixture, index);
  const masses = Float64Array.from({ length: CELLS ** 2 }, (_, cell) => {
    const [x, y] = [centre(cell % CELLS), centre(Math.floor(cell / CELLS))];
    return CELL ** 2 * Math.exp(logDensity(x, y));
  });
  const inside = masses.reduce((sum, mass) => sum + mass, 0);
  return { logs: masses.map(logMass), outside: logMass(1 - inside) };
};

/** The kernel around a coordinate over the cells of one axis, from cell `first` on. */
const profile = (at: number): { readonly first: number; readonly masses: readonly number[] } => {
  const first = Math.max(0, Math.floor((at - CUT * KERNEL + REACH) / CELL));
  const last = Math.min(CELLS - 1, Math.floor((at + CUT * KERNEL + REACH) / CELL));
  const masses = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const z = (centre(first + index) - at) / KERNEL;
    return (CELL / (KERNEL * Math.sqrt(2 * Math.PI))) * Math.exp(-0.5 * z * z);
  });
  return { first, masses };
};

/** Mass of a kernel density estimate in each cell. */
const smoothed = (points: readonly (readonly [number, number])[]): Float64Array => {
  const cells = new Float64Array(CELLS ** 2);
  for (const [x, y] of points) {
    const [across, up] = [profile(x), profile(y)];
    up.masses.forEach((rowMass, row) => {
      const start = (up.first + row) * CELLS + across.first;
      across.masses.forEach((mass, column) => {
        cells[start + column] = (cells[start + column] ?? 0) + (rowMass * mass) / points.length;
      });
    });
  }
  return cells;
};

const term = (mass: number, log: number): number => (mass > 0 ? mass * (Math.log(mass) - log) : 0);

/**
 * How far points are from a mixture: the Kullback-Leibler divergence of a kernel density estimate of
 * a class's points from the teacher's density of that class convolved with the same Gaussian kernel
 * (exactly: covariance + h^2 I), in nats, mean over the classes that have points. Sums over the cells
 * of a square in float64. All that is outside counts as one more cell, and the teacher has a
 * millionth in every cell, so that points far away make it large (13.8 at most), never infinite.
 */
export class DivergenceMeter {
  readonly #teachers: readonly Teacher[];

  constructor(mixture: Mixture) {
    const teacher = blurred(mixture);
    this.#teachers = mixture.classes.map((_, index) => teacherOf(teacher, index));
  }

  /** Of points (n, 2) with the class of each. */
  of(points: Float32Array, classes: Int32Array): number {
    const divergences = this.#teachers.flatMap(({ logs, outside }, index) => {
      const own = [...classes].flatMap((one, i): [number, number][] =>
        one === index ? [[points[2 * i] ?? NaN, points[2 * i + 1] ?? NaN]] : [],
      );
      if (own.length === 0) return [];
      const masses = smoothed(own);
      const inside = masses.reduce((sum, mass) => sum + mass, 0);
      const far = term(1 - inside, outside);
      return [masses.reduce((sum, mass, cell) => sum + term(mass, logs[cell] ?? 0), far)];
    });
    return divergences.reduce((sum, one) => sum + one, 0) / divergences.length;
  }
}

/** Root mean square distance of points (n, 2) to their mean. */
export const spreadOf = (points: Float32Array): number => {
  const count = points.length / 2;
  const [x, y] = [0, 1].map(
    (axis) => points.reduce((sum, value, i) => (i % 2 === axis ? sum + value : sum), 0) / count,
  );
  const squares = points.reduce(
    (sum, value, i) => sum + (value - ((i % 2 === 0 ? x : y) ?? 0)) ** 2,
    0,
  );
  return Math.sqrt(squares / count);
};
