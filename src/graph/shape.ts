/** Static shapes: row-major sizes, outermost first. The empty shape is a scalar. */
export type Shape = readonly number[];

/** A graph was built from tensors that do not fit; the message names operation and shapes. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Number of elements of a shape. */
export const elementCount = (shape: Shape): number =>
  shape.reduce((product, size) => product * size, 1);

/** Row-major strides in elements. */
export const stridesOf = (shape: Shape): number[] => {
  const strides: number[] = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  }
  return strides;
};

/** A shape as people write it: `[64, 16, 128]`. */
export const shapeText = (shape: Shape): string => `[${shape.join(', ')}]`;

/** Whether two shapes are the same. */
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

/** Throws the ShapeError that every operation throws: its name, all shapes, and the reason. */
export const refuseShapes = (
  operation: string,
  shapes: readonly Shape[],
  reason: string,
): never => {
  throw new ShapeError(`${operation}: ${shapes.map(shapeText).join(' and ')}: ${reason}.`);
};

/** The shape that both broadcast to (trailing axes aligned, size 1 stretches). Throws ShapeError. */
export const broadcastShapes = (operation: string, a: Shape, b: Shape): Shape => {
  const rank = Math.max(a.length, b.length);
  const result: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const sizeA = a[a.length - rank + axis] ?? 1;
    const sizeB = b[b.length - rank + axis] ?? 1;
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
      refuseShapes(operation, [a, b], 'the shapes do not broadcast');
    }
    result.push(Math.max(sizeA, sizeB));
  }
  return result;
};
