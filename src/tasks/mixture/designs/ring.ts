import { assemble } from '../assemble';
import { classNames, type Design } from './design';

const CLASSES = 8;
/** Wide enough that neighbours overlap: without overlap there is nothing to guide. */
const SIGMA = 0.26;

/** Eight round blobs on a circle, each a class of its own. */
export const RING: Design = {
  id: 'ring',
  name: 'Ring',
  about:
    'Eight blobs on a circle: each class leans on two neighbours, so guidance points outwards.',
  mixture: assemble(
    classNames(CLASSES).map((name, index) => {
      const angle = (2 * Math.PI * index) / CLASSES;
      return {
        name,
        blobs: [
          {
            mean: [Math.cos(angle), Math.sin(angle)],
            covariance: [SIGMA ** 2, 0, SIGMA ** 2],
            mass: 1,
          },
        ],
      };
    }),
  ),
};
