import { assemble } from '../assemble';
import { ridge, type Point } from '../ridge';
import type { Design } from './design';

const POINTS = 96;
const SIGMA = 0.15;

const circle = (radius: number): Point[] =>
  Array.from({ length: POINTS + 1 }, (_, place) => {
    const angle = (2 * Math.PI * place) / POINTS;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });

const ring = (radius: number) => ridge(circle(radius), SIGMA, 0.42);

/** Three circles about one middle. */
export const NESTED: Design = {
  id: 'nested',
  name: 'Nested rings',
  about: 'Three circles around one middle: the outer one has nobody beyond it to hold it.',
  mixture: assemble([
    { name: 'Inner', blobs: ring(0.45) },
    { name: 'Middle', blobs: ring(1.05) },
    { name: 'Outer', blobs: ring(1.65) },
  ]),
};
