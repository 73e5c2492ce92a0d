import { elementCount, refuseShapes, type Shape } from '../shape';
import { makeTensor, type Tensor } from '../tensor';
import { add } from './pointwise';
import { reshape } from './views';

/**
 * How many neighbouring parts of a batch each of several copies serves: all but the last as many as
 * the first, so that the copy of a part is one division away.
 */
export type PartCounts = readonly [number, ...number[]];

/**
 * One parameter of several networks, for each part of a batch that all are asked with: from `memory`,
 * where copies of `shape` begin `stride` apart, to (parts, ...shape), copy i for `counts[i]` parts.
 * Products read it where it lies. No gradient passes it. Throws ShapeError when `memory` ends before
 * the last copy does, or when another copy than the last serves more or fewer parts than the first.
 */
export const perPart = (
  memory: Tensor,
  shape: Shape,
  stride: number,
  counts: PartCounts,
): Tensor => {
  const size = elementCount(shape);
  const [first] = counts;
  const last = counts.length - 1;
  const refuse = (reason: string): never =>
    refuseShapes('perPart', [memory.shape, shape], `${counts.length} copies, ${reason}`);
  if (memory.shape.length !== 1 || (memory.shape[0] ?? 0) < last * stride + size) {
    refuse(`${stride} apart, do not fit`);
  }
  if (counts.slice(0, last).some((count) => count !== first) || Math.min(...counts) < 1) {
    refuse(`for ${counts.join(', ')} parts, of which all but the last must be as many`);
  }
  return makeTensor({
    operation: 'perPart',
    shape: [counts.reduce((sum, count) => sum + count, 0), ...shape],
    dtype: memory.dtype,
    inputs: [memory],
    lowering: {
      kind: 'pointwise',
      cost: 1,
      aligned: false,
      scattered: { stride, first, last },
      emit: (emitter, index) => {
        const copy = `min(${index} / ${first * size}u, ${last}u)`;
        return emitter.value(memory, emitter.let(`${index} % ${size}u + ${copy} * ${stride}u`));
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
