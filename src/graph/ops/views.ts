import {
  broadcastShapes,
  elementCount,
  refuseShapes,
  sameShape,
  stridesOf,
  type Shape,
} from '../shape';
import { makeTensor, type Tensor } from '../tensor';
import { coordinate, linear } from './indices';
import { add } from './pointwise';
import { sumTo } from './reduce';

/**
 * Operations that only say where an element comes from. None moves memory by itself: whatever
 * reads the result computes the index, and a copy is made only for kernels that need one.
 */

const MOVE_COST = 1;

/** The same values in the same order under another shape; `-1` stands for what is left over. */
export const reshape = (x: Tensor, shape: Shape): Tensor => {
  const known = elementCount(shape.filter((size) => size !== -1));
  const target = shape.map((size) => (size === -1 ? elementCount(x.shape) / known : size));
  if (elementCount(target) !== elementCount(x.shape)) {
    refuseShapes('reshape', [x.shape, shape], 'the number of elements differs');
  }
  if (sameShape(target, x.shape)) return x;
  return makeTensor({
    operation: 'reshape',
    shape: target,
    dtype: x.dtype,
    inputs: [x],
    gradient: (dy) => [reshape(dy, x.shape)],
    onnx: (emitter) => emitter.reshape(emitter.value(x), x.shape, target),
    lowering: {
      kind: 'pointwise',
      cost: 0,
      aligned: true,
      alias: true,
      emit: (emitter, index) => emitter.value(x, index),
    },
  });
};

/** The same values as a constant to differentiation: no gradient reaches x (stop-gradient). */
export const detach = (x: Tensor): Tensor =>
  makeTensor({
    operation: 'detach',
    shape: x.shape,
    dtype: x.dtype,
    inputs: [x],
    gradient: () => [null],
    onnx: (emitter) => emitter.value(x),
    lowering: {
      kind: 'pointwise',
      cost: 0,
      aligned: true,
      alias: true,
      emit: (emitter, index) => emitter.value(x, index),
    },
  });

/** Stretches axes of size 1 and adds leading axes. */
export const broadcastTo = (x: Tensor, shape: Shape): Tensor => {
  if (sameShape(x.shape, shape)) return x;
  if (!sameShape(broadcastShapes('broadcastTo', x.shape, shape), shape)) {
    refuseShapes('broadcastTo', [x.shape, shape], 'the first does not stretch to the second');
  }
  const lead = shape.length - x.shape.length;
  const strides = stridesOf(x.shape);
  const stretched = (axis: number) => (x.shape[axis - lead] ?? 1) === 1;
  const aligned = elementCount(x.shape) === elementCount(shape);
  return makeTensor({
    operation: 'broadcastTo',
    shape,
    dtype: x.dtype,
    inputs: [x],
    gradient: (dy) => [sumTo(dy, x.shape)],
    onnx: (emitter) => emitter.expand(emitter.value(x), shape),
    lowering: {
      kind: 'pointwise',
      cost: aligned ? 0 : MOVE_COST,
      aligned,
      alias: aligned,
      emit: (emitter, index) =>
        emitter.value(
          x,
          aligned
            ? index
            : linear(emitter, index, shape, (axis) =>
                stretched(axis) ? 0 : (strides[axis - lead] ?? 0),
              ),
        ),
    },
  });
};

/** Reorders axes: axis i of the result is axis `order[i]` of x. */
export const permute = (x: Tensor, order: readonly number[]): Tensor => {
  const sorted = [...order].sort((a, b) => a - b);
  if (order.length !== x.shape.length || sorted.some((axis, position) => axis !== position)) {
    refuseShapes('permute', [x.shape, order], 'the second must be an order of the axes');
  }
  const shape = order.map((axis) => x.shape[axis] ?? 1);
  const [strides, targets] = [stridesOf(x.shape), stridesOf(shape)];
  return makeTensor({
    operation: 'permute',
    shape,
    dtype: x.dtype,
    inputs: [x],
    gradient: (dy) => [
      permute(
        dy,
        x.shape.map((_, axis) => order.indexOf(axis)),
      ),
    ],
    onnx: (emitter) => emitter.node('Transpose', [emitter.value(x)], { perm: order }),
    lowering: {
      kind: 'pointwise',
      cost: MOVE_COST,
      aligned: false,
      moves: (emitter, index) =>
        linear(emitter, index, x.shape, (axis) => targets[order.indexOf(axis)] ?? 0),
      emit: (emitter, index) =>
        emitter.value(
          x,
          linear(emitter, index, shape, (axis) => strides[order[axis] ?? 0] ?? 0),
        ),
    },
  });
};

/** A shape with another size of one axis. */
const resized = (shape: Shape, axis: number, size: number): number[] =>
  shape.map((old, position) => (position === axis ? size : old));

/** `size` entries of an axis from `start` on. */
export const slice = (x: Tensor, axis: number, start: number, size: number): Tensor => {
  const length = x.shape[axis];
  if (length === undefined || start < 0 || size < 1 || start + size > length) {
    refuseShapes(
      'slice',
      [x.shape],
      `entries ${start} to ${start + size} of axis ${axis} do not exist`,
    );
  }
  if (size === length) return x;
  const shape = resized(x.shape, axis, size);
  const strides = stridesOf(x.shape);
  const key = {};
  return makeTensor({
    operation: 'slice',
    shape,
    dtype: x.dtype,
    inputs: [x],
    gradient: (dy) => [pad(dy, axis, start, length ?? 1)],
    onnx: (emitter) => {
      const [starts, ends] = [emitter.integers([start]), emitter.integers([start + size])];
      return emitter.node('Slice', [emitter.value(x), starts, ends, emitter.integers([axis])]);
    },
    lowering: {
      kind: 'pointwise',
      cost: MOVE_COST,
      aligned: false,
      emit: (emitter, index) =>
        emitter.value(
          x,
          linear(
            emitter,
            index,
            shape,
            (position) => strides[position] ?? 0,
            emitter.offset(key, start * (strides[axis] ?? 1)),
          ),
        ),
    },
  });
};

/** Zeros around x: the axis grows to `length`, with x from `start` on. */
export const pad = (x: Tensor, axis: number, start: number, length: number): Tensor => {
  const size = x.shape[axis];
  if (size === undefined || start < 0 || start + size > length) {
    refuseShapes('pad', [x.shape], `axis ${axis} does not fit at ${start} into ${length} entries`);
  }
  if (size === length) return x;
  const shape = resized(x.shape, axis, length);
  const strides = stridesOf(x.shape);
  const zero = { f32: '0.0', i32: '0i', u32: '0u' }[x.dtype];
  const key = {};
  return makeTensor({
    operation: 'pad',
    shape,
    dtype: x.dtype,
    inputs: [x],
    gradient: (dy) => [slice(dy, axis, start, size ?? 1)],
    onnx: (emitter) => {
      const around = (zeros: number): number[] =>
        resized(
          x.shape.map(() => 0),
          axis,
          zeros,
        );
      const zeros = [...around(start), ...around(length - start - (size ?? 1))];
      return emitter.node('Pad', [emitter.value(x), emitter.integers(zeros)]);
    },
    lowering: {
      kind: 'pointwise',
      cost: MOVE_COST,
      aligned: false,
      padding: { axis, start },
      emit: (emitter, index) => {
        // Before `start` the position wraps to a huge number, so one comparison finds both sides.
        const begin = emitter.offset(key, start);
        const position = emitter.let(`${coordinate(index, shape, axis)} - ${begin}`);
        const strideAt = (other: number) => (other === axis ? 0 : (strides[other] ?? 0));
        const rest = linear(emitter, index, shape, strideAt);
        const inside = emitter.let(`${position} < ${size ?? 1}u`);
        const source = emitter.let(
          `select(0u, ${rest} + ${position} * ${strides[axis] ?? 1}u, ${inside})`,
        );
        return `select(${zero}, ${emitter.value(x, source)}, ${inside})`;
      },
    },
  });
};

/** Tensors side by side along an axis. */
export const concat = (parts: readonly Tensor[], axis: number): Tensor => {
  const first = parts[0];
  if (!first) throw new RangeError('concat: needs at least one tensor.');
  const others = (shape: Shape) => shape.filter((_, position) => position !== axis);
  for (const part of parts) {
    if (!sameShape(others(part.shape), others(first.shape)) || part.dtype !== first.dtype) {
      refuseShapes('concat', [first.shape, part.shape], `only axis ${axis} may differ`);
    }
  }
  const length = parts.reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0);
  let start = 0;
  const padded = parts.map((part) => {
    const wide = pad(part, axis, start, length);
    start += part.shape[axis] ?? 0;
    return wide;
  });
  return padded.reduce((sum, part) => add(sum, part));
};
