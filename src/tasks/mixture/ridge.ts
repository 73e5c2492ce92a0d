/** A point of the plane. */
export type Point = readonly [x: number, y: number];

/** A Gaussian that is part of a class, before the mixture is normalised. */
export interface Blob {
  readonly mean: Point;
  /** xx, xy, yy. */
  readonly covariance: readonly [number, number, number];
  /** How much it counts beside the others of its class. */
  readonly mass: number;
}

/** Standard deviation along a path, in distances between neighbours, that leaves no dips. */
const JOINED = 0.6;

const distance = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay);

/** Length of a path through points; 0 for a single one. */
export const pathLength = (path: readonly Point[]): number =>
  path.reduce((sum, point, index) => sum + distance(path[index - 1] ?? point, point), 0);

/** The point at `along` from the path's beginning, and the direction of the path there. */
const walk = (path: readonly Point[], along: number): { at: Point; direction: Point } => {
  let left = along;
  let direction: Point = [1, 0];
  for (let index = 1; index < path.length; index++) {
    const [from, to] = [path[index - 1], path[index]];
    if (from === undefined || to === undefined) break;
    const step = distance(from, to);
    if (step === 0) continue;
    direction = [(to[0] - from[0]) / step, (to[1] - from[1]) / step];
    if (left <= step) {
      return { at: [from[0] + left * direction[0], from[1] + left * direction[1]], direction };
    }
    left -= step;
  }
  return { at: path.at(-1) ?? [0, 0], direction };
};

/** Gaussians that `ridge` makes of a path of that length. */
export const ridgeCount = (length: number, spacing: number): number =>
  Math.max(1, Math.ceil(length / spacing));

/**
 * A path as a ridge of Gaussians, evenly by arc length and at most `spacing` apart. Each has the
 * standard deviation `sigma` across the path and, along it, what joins it to its neighbours; its mass
 * is its piece of the path. A path of a single point is one round Gaussian.
 */
export const ridge = (path: readonly Point[], sigma: number, spacing: number): Blob[] => {
  const length = pathLength(path);
  const count = ridgeCount(length, spacing);
  const piece = length / count;
  const across = sigma ** 2;
  const along = Math.max(sigma, JOINED * piece) ** 2;
  return Array.from({ length: count }, (_, index) => {
    const { at, direction } = walk(path, (index + 0.5) * piece);
    const [x, y] = direction;
    return {
      mean: at,
      covariance: [
        along * x * x + across * y * y,
        (along - across) * x * y,
        along * y * y + across * x * x,
      ],
      mass: Math.max(piece, sigma),
    };
  });
};
