/** Half the width of the plane that is seen at least. */
export const HOME = 3.5;
/** Nothing is seen beyond it, whatever the points do. */
const FARTHEST = 1e5;
/** Share of the points that a view which follows them holds, and the room around these. */
const [HELD, ROOM] = [0.97, 1.12];
/** Time in which most of the way to a new view is gone, in milliseconds. */
const EASE = 220;

/** A square view of the plane about the origin: [-half, half]^2 in `size` by `size` pixels. */
export interface Camera {
  readonly half: number;
  readonly size: number;
}

export const toPixelX = ({ half, size }: Camera, x: number): number => ((x / half + 1) * size) / 2;

export const toPixelY = ({ half, size }: Camera, y: number): number => ((1 - y / half) * size) / 2;

/** The point of the plane at a place of the view, which grows downwards. */
export const toPlane = ({ half, size }: Camera, px: number, py: number): [number, number] => [
  ((2 * px) / size - 1) * half,
  (1 - (2 * py) / size) * half,
];

/** How far the view has to reach to hold nearly all points (n, 2), and no less than HOME. */
export const reachOf = (points: Float32Array): number => {
  const distances = new Float32Array(points.length / 2);
  let count = 0;
  for (let index = 0; index < distances.length; index++) {
    const far = Math.max(Math.abs(points[2 * index] ?? 0), Math.abs(points[2 * index + 1] ?? 0));
    if (Number.isFinite(far)) distances[count++] = far;
  }
  const sorted = distances.subarray(0, count).sort();
  const held = sorted[Math.min(count - 1, Math.floor(HELD * count))] ?? 0;
  return Math.min(FARTHEST, Math.max(HOME, ROOM * held));
};

/** Points (n, 2) that a view does not show. */
export const countOutside = (points: Float32Array, half: number): number => {
  let outside = 0;
  for (let index = 0; index < points.length; index += 2) {
    const [x, y] = [points[index] ?? 0, points[index + 1] ?? 0];
    if (!(Math.abs(x) <= half && Math.abs(y) <= half)) outside++;
  }
  return outside;
};

/** A step from one view's half width towards another's, after `elapsed` milliseconds. */
export const eased = (half: number, target: number, elapsed: number): number => {
  // In logarithms, so that zooming out and in look alike.
  const next = half * (target / half) ** (1 - Math.exp(-elapsed / EASE));
  return Math.abs(next / target - 1) < 0.002 ? target : next;
};
