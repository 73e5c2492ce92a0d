import { PhiloxStream } from '../../graph/philox';
import type { ClassChoice } from './density';
import type { Mixture } from './mixture';

/** Streams of the generator: which component a point comes from, and where in it. */
const COMPONENT_STREAM = 0x6d78_0001;
const PLACE_STREAM = 0x6d78_0002;

/** Points of a mixture, each with its class. */
export interface Points {
  /** Shape (n, 2). */
  readonly points: Float32Array<ArrayBuffer>;
  readonly classes: Int32Array<ArrayBuffer>;
}

/**
 * `count` points of the mixture, or of one class: the same for the same seed (unsigned 32 bit), and
 * the first of many are the few. Throws a RangeError for a class that has no component.
 */
export const samplePoints = (
  { components }: Mixture,
  count: number,
  of: ClassChoice,
  seed: number,
): Points => {
  const chosen = components.filter((one) => of === null || one.class === of);
  const total = chosen.reduce((sum, { weight }) => sum + weight, 0);
  const last = chosen.at(-1);
  if (last === undefined) throw new RangeError(`The mixture has no component of class ${of}.`);
  const pick = new PhiloxStream(seed, COMPONENT_STREAM, 0);
  const place = new PhiloxStream(seed, PLACE_STREAM, 0);
  const points = new Float32Array(2 * count);
  const classes = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    let left = pick.uniform() * total;
    // Rounding may leave a rest after the last component: it is the last one's.
    const component = chosen.find(({ weight }) => (left -= weight) < 0) ?? last;
    const [xx, xy, yy] = component.covariance;
    // Cholesky factor of the covariance.
    const a = Math.sqrt(xx);
    const b = xy / a;
    const c = Math.sqrt(yy - b * b);
    const [u, v] = [place.normal(), place.normal()];
    points[2 * index] = component.mean[0] + a * u;
    points[2 * index + 1] = component.mean[1] + b * u + c * v;
    classes[index] = component.class;
  }
  return { points, classes };
};
