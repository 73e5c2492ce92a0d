import { elementCount, refuseShapes, type Shape } from '../shape';
import { makeTensor, type Tensor } from '../tensor';
import { add } from './pointwise';
import { reshape } from './views';

/** How many neighbouring parts of a batch each of two copies serves. */
export type PartCounts = readonly [number, number];

/**
 * One parameter of two networks, for each part of a batch that both are asked with: from `memory`,
 * where a copy of `shape` begins at 0 and the other at `stride`, to (parts, ...shape), the first copy
 * for the first `counts[0]` parts. Products read it where it lies. No gradient passes it. Throws
 * ShapeError when `memory` ends before the second copy does.
 */
export const perPart = (
  memory: Tensor,
  shape: Shape,
  stride: number,
  [first, second]: PartCounts,
): Tensor => {
  const size = elementCount(shape);
  if (memory.shape.length !== 1 || (memory.shape[0] ?? 0) < stride + size || first < 1) {
    refuseShapes('perPart', [memory.shape, shape], `two copies, ${stride} apart, do not fit`);
  }
  return makeTensor({
    operation: 'perPart',
    shape: [first + second, ...shape],
    dtype: memory.dtype,
    inputs: [memory],
    lowering: {
      kind: 'pointwise',
      cost: 1,
      aligned: false,
      scattered: { stride, first, last: 1 },
      emit: (emitter, index) => {
        const begin = `select(${stride}u, 0u, ${index} < ${first * size}u)`;
        return emitter.value(memory, emitter.let(`${index} % ${size}u + ${begin}`));
      },
    },
  });
};

/**
 * Sum of x (B, ...) and a parameter: (1, ...), or (parts, 1, ...) for parts of B one after another.
 * Throws ShapeError when the shapes do not fit.
 */
export const addParameter = (x: Tensor, parameter: Tensor): Tensor => {
  if (parameter.shape.length === x.shape.length) return add(x, parameter);
  const [parts = 1] = parameter.shape;
  return reshape(add(inParts(x, parts), parameter), x.shape);
};

/** x (B, ...) as (parts, B / parts, ...). Throws ShapeError where B does not split. */
export const inParts = (x: Tensor, parts: number): Tensor => {
  const [batch = 1, ...rest] = x.shape;
  if (batch % parts !== 0) refuseShapes('inParts', [x.shape], `${parts} parts of its first axis`);
  return reshape(x, [parts, batch / parts, ...rest]);
};
