import source from '../../../../shaders/mixture/velocity.wgsl?raw';
import { ceilDivide, spreadWorkgroups } from '../../../graph/kernel';
import { refuseShapes } from '../../../graph/shape';
import { makeTensor, type Tensor } from '../../../graph/tensor';
import type { NetworkInput } from '../../../models/backbone';
import { COMPONENT_FIELDS } from './table';

const WORKGROUP = 64;

/** Floating-point operations for one component at one point. */
const COMPONENT_FLOPS = 60;

/**
 * The exact velocity v = E[x - eps | x_tau] of a mixture (B, 2): at points x (B, 2) and noise levels
 * t (B), 0 = noise, 1 = clean, under rows i32 (B, 1), a class or `classes` for "any".
 * `components`: its table (K, 8), so that another mixture of K components is other values of the
 * same program. No gradient: a teacher is a constant. Throws ShapeError for other shapes.
 */
export const mixtureVelocity = (
  components: Tensor,
  classes: number,
  { x, t, rows }: NetworkInput,
): Tensor => {
  const [samples = 1] = x.shape;
  const refuse = (reason: string): never =>
    refuseShapes('mixtureVelocity', [x.shape, t.shape, rows.shape, components.shape], reason);
  if (x.shape.length !== 2 || x.shape[1] !== 2) refuse('the first must be points (B, 2)');
  if (t.shape.length !== 1 || t.shape[0] !== samples) refuse('the second must be (B)');
  if (rows.shape.length !== 2 || rows.shape[0] !== samples || rows.shape[1] !== 1) {
    refuse('the third must be (B, 1)');
  }
  if (rows.dtype !== 'i32') refuse(`rows must be i32, not ${rows.dtype}`);
  const [count = 1, fields] = components.shape;
  if (components.shape.length !== 2 || fields !== COMPONENT_FIELDS) {
    refuse(`the last must be (K, ${COMPONENT_FIELDS})`);
  }
  return makeTensor({
    operation: 'mixtureVelocity',
    shape: x.shape,
    inputs: [x, t, rows, components],
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'mixture/velocity',
        operands: [
          { name: 'x', access: 'value' },
          { name: 'tau', access: 'value' },
          { name: 'rows', access: 'value' },
          { name: 'components', access: 'buffer' },
        ],
        dispatches: () => [
          {
            source,
            shape: [samples, count, classes],
            workgroups: spreadWorkgroups(ceilDivide(samples, WORKGROUP)),
          },
        ],
        flops: COMPONENT_FLOPS * count * samples,
      },
    },
  });
};
