import { assemble } from '../assemble';
import { ridge, type Blob, type Point } from '../ridge';
import type { Design } from './design';

const DEPTH = 3;
/** A child's length and width beside its parent's. */
const [SHORTER, THINNER] = [0.72, 0.76];
const FORK = 0.8;

/** A branch from `root` in the direction of `angle`, with the branches that grow from it. */
const grow = (root: Point, angle: number, length: number, sigma: number, depth: number): Blob[] => {
  const tip: Point = [root[0] + length * Math.cos(angle), root[1] + length * Math.sin(angle)];
  const own = ridge([root, tip], sigma, 4.8 * sigma);
  if (depth === 0) return own;
  return [
    ...own,
    ...[-FORK, FORK].flatMap((turn) =>
      grow(tip, angle + turn, SHORTER * length, THINNER * sigma, depth - 1),
    ),
  ];
};

/** Counter-clockwise from the right. */
const LIMBS = ['Right limb', 'Upper limb', 'Left limb', 'Lower limb'];

/** Four limbs from one root, each forking again and again. */
export const TREE: Design = {
  id: 'tree',
  name: 'Branching tree',
  about: 'Four limbs that fork from one root: fine structure, which a strong spear wipes out.',
  mixture: assemble(
    LIMBS.map((name, index) => ({
      name,
      blobs: grow([0, 0], (2 * Math.PI * (index + 0.5)) / LIMBS.length, 0.8, 0.1, DEPTH),
    })),
  ),
};
