import { assemble } from '../assemble';
import { ridge, type Point } from '../ridge';
import type { Design } from './design';

const POINTS = 32;

/** A half circle of radius 1, from the angle `from` on, about (x, y). */
const halfCircle = ([x, y]: Point, from: number): Point[] =>
  Array.from({ length: POINTS }, (_, place) => {
    const angle = from + (Math.PI * place) / (POINTS - 1);
    return [x + Math.cos(angle), y + Math.sin(angle)];
  });

/** Two half moons, each reaching into the other. */
export const MOONS: Design = {
  id: 'moons',
  name: 'Two moons',
  about: 'Two half circles that reach into each other: guidance pushes them apart.',
  mixture: assemble([
    { name: 'Upper', blobs: ridge(halfCircle([0, 0], 0), 0.2, 0.32) },
    { name: 'Lower', blobs: ridge(halfCircle([1, 0.5], Math.PI), 0.2, 0.32) },
  ]),
};
