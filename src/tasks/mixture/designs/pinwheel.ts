import { assemble } from '../assemble';
import { ridge, type Point } from '../ridge';
import { classNames, type Design } from './design';

const CLASSES = 5;
const POINTS = 24;
/** How far an arm turns from its root to its tip, in radians. */
const TURN = 1.15;
const [INNER, OUTER] = [0.28, 1.9];

const arm = (index: number): Point[] =>
  Array.from({ length: POINTS }, (_, place) => {
    const along = place / (POINTS - 1);
    const radius = INNER + (OUTER - INNER) * along;
    const angle = (2 * Math.PI * index) / CLASSES + TURN * along;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });

/** Five curved arms that meet in the middle. */
export const PINWHEEL: Design = {
  id: 'pinwheel',
  name: 'Pinwheel',
  about: 'Five curved arms that share their middle, where guidance tells them apart.',
  mixture: assemble(
    classNames(CLASSES).map((name, index) => ({ name, blobs: ridge(arm(index), 0.15, 0.3) })),
  ),
};
