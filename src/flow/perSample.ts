import { reshape } from '../graph/ops/views';
import { refuseShapes } from '../graph/shape';
import type { Tensor } from '../graph/tensor';

/**
 * One value a sample (B) as (B, 1, ..., 1), to broadcast against x (B, ...). Throws ShapeError, in
 * the name of `operation`, when the numbers of samples differ.
 */
export const perSample = (operation: string, values: Tensor, x: Tensor): Tensor => {
  if (values.shape.length !== 1 || values.shape[0] !== x.shape[0]) {
    refuseShapes(operation, [x.shape, values.shape], 'the second must hold one value a sample');
  }
  return reshape(
    values,
    x.shape.map((size, axis) => (axis === 0 ? size : 1)),
  );
};
