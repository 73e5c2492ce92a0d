import type { Design } from './design';
import { MOONS } from './moons';
import { NESTED } from './nested';
import { PINWHEEL } from './pinwheel';
import { RING } from './ring';
import { TREE } from './tree';

/** The distributions that ship with the page, the first one first. */
export const DESIGNS: readonly Design[] = [PINWHEEL, RING, MOONS, TREE, NESTED];

/** The design of that id; undefined when there is none. */
export const findDesign = (id: string): Design | undefined =>
  DESIGNS.find((design) => design.id === id);
