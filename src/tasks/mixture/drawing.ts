import { assemble, type Weighting } from './assemble';
import { MOST_CLASSES, MOST_COMPONENTS, type Mixture } from './mixture';
import { pathLength, ridge, ridgeCount, type Blob, type Point } from './ridge';

/** A line drawn without lifting the brush; a single point is a dot. */
export interface Stroke {
  readonly class: number;
  readonly points: readonly Point[];
  /** Standard deviation across the stroke, in units of the drawing. */
  readonly sigma: number;
}

/** What was drawn so far. */
export interface Drawing {
  readonly classes: readonly string[];
  readonly strokes: readonly Stroke[];
  readonly weighting: Weighting;
}

/** A drawing that is no distribution yet; the message tells the one who draws what is missing. */
export class DrawingError extends Error {
  override readonly name = 'DrawingError';
}

/** Distance between neighbouring Gaussians of a stroke, in widths of its brush. */
const SPACING = 1.6;
/** How much coarser a stroke is sampled at each try, until all fit. */
const COARSER = 1.15;

/**
 * A drawing as a normalised mixture. Strokes are sampled by arc length, as coarsely as it takes to
 * stay within `MOST_COMPONENTS`; where there are more strokes than that, near ones of a class merge.
 * Throws DrawingError.
 */
export const mixtureOfDrawing = ({ classes, strokes, weighting }: Drawing): Mixture => {
  if (classes.length < 2) {
    throw new DrawingError('A distribution needs at least two classes: add another and draw it.');
  }
  if (classes.length > MOST_CLASSES) {
    throw new DrawingError(`A distribution has at most ${MOST_CLASSES} classes.`);
  }
  const drawn = strokes.filter(({ points }) => points.length > 0);
  const missing = classes.filter((_, place) => !drawn.some((one) => one.class === place));
  if (missing.length > 0) {
    throw new DrawingError(`${inWords(missing)} nothing drawn yet: a stroke or a dot will do.`);
  }
  const spacing = fittingSpacing(drawn);
  const parts = classes.map((name, place) => ({
    name,
    blobs: drawn
      .filter((one) => one.class === place)
      .flatMap(({ points, sigma }) => ridge(points, sigma, spacing * sigma)),
  }));
  return assemble(withinLimit(parts), weighting);
};

const inWords = (names: readonly string[]): string => {
  const quoted = names.map((name) => `“${name}”`);
  if (quoted.length === 1) return `${quoted.join('')} has`;
  return `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''} have`;
};

/** The finest spacing, in brush widths, at which all strokes together stay within the limit. */
const fittingSpacing = (strokes: readonly Stroke[]): number => {
  const lengths = strokes.map(({ points, sigma }) => pathLength(points) / sigma);
  const count = (spacing: number): number =>
    lengths.reduce((sum, length) => sum + ridgeCount(length, spacing), 0);
  let spacing = SPACING;
  // Every stroke is one Gaussian at least, so beyond that nothing is gained.
  while (count(spacing) > Math.max(MOST_COMPONENTS, strokes.length)) spacing *= COARSER;
  return spacing;
};

interface Part {
  readonly name: string;
  readonly blobs: readonly Blob[];
}

/** Merges the nearest two of the class with the most, again and again, until all fit. */
const withinLimit = (parts: readonly Part[]): readonly Part[] => {
  let excess = parts.reduce((sum, { blobs }) => sum + blobs.length, 0) - MOST_COMPONENTS;
  const lists = parts.map(({ blobs }) => [...blobs]);
  for (; excess > 0; excess--) {
    const fullest = lists.reduce((most, list) => (list.length > most.length ? list : most));
    mergeNearest(fullest);
  }
  return parts.map(({ name }, place) => ({ name, blobs: lists[place] ?? [] }));
};

const mergeNearest = (blobs: Blob[]): void => {
  let best = { first: 0, second: 1, distance: Infinity };
  blobs.forEach(({ mean: a }, first) => {
    for (let second = first + 1; second < blobs.length; second++) {
      const b = blobs[second]?.mean ?? a;
      const distance = Math.hypot(a[0] - b[0], a[1] - b[1]);
      if (distance < best.distance) best = { first, second, distance };
    }
  });
  const [a, b] = [blobs[best.first], blobs[best.second]];
  if (a === undefined || b === undefined) return;
  blobs.splice(best.second, 1);
  blobs[best.first] = merged(a, b);
};

/** The Gaussian with mass, mean and covariance of two together. */
const merged = (a: Blob, b: Blob): Blob => {
  const mass = a.mass + b.mass;
  const [u, v] = [a.mass / mass, b.mass / mass];
  const [dx, dy] = [b.mean[0] - a.mean[0], b.mean[1] - a.mean[1]];
  const mix = (place: 0 | 1 | 2, between: number): number =>
    u * a.covariance[place] + v * b.covariance[place] + u * v * between;
  return {
    mass,
    mean: [u * a.mean[0] + v * b.mean[0], u * a.mean[1] + v * b.mean[1]],
    covariance: [mix(0, dx * dx), mix(1, dx * dy), mix(2, dy * dy)],
  };
};
