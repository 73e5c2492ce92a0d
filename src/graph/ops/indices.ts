import { stridesOf, type Shape } from '../shape';
import type { Emitter } from '../tensor';

/** One axis of an index: its coordinate is `(index / stride) % size`. */
export const coordinate = (index: string, shape: Shape, axis: number): string => {
  const strides = stridesOf(shape);
  const stride = strides[axis] ?? 1;
  const quotient = stride === 1 ? index : `(${index} / ${stride}u)`;
  return axis === 0 ? quotient : `(${quotient} % ${shape[axis] ?? 1}u)`;
};

/** Sum of `coordinate * stride` over axes with a stride, plus an offset. */
export const linear = (
  emitter: Emitter,
  index: string,
  shape: Shape,
  strideOfAxis: (axis: number) => number,
  offset?: string,
): string => {
  const parts = shape
    .map((size, axis) => ({ size, axis, stride: strideOfAxis(axis) }))
    .filter(({ size, stride }) => size > 1 && stride !== 0)
    .map(({ axis, stride }) => {
      const position = coordinate(index, shape, axis);
      return stride === 1 ? position : `${position} * ${stride}u`;
    });
  if (offset !== undefined) parts.push(offset);
  if (parts.length === 0) return '0u';
  return emitter.let(parts.join(' + '));
};
