import type { Shape } from '../../src/graph/shape';

/** Row-major coordinates of element i. */
const coordinates = (i: number, shape: Shape): number[] => {
  let rest = i;
  return shape
    .toReversed()
    .map((size) => {
      const coordinate = rest % size;
      rest = Math.floor(rest / size);
      return coordinate;
    })
    .reverse();
};

/** Sum over axes, element by element from its definition; float64. */
export const sum = (x: ArrayLike<number>, shape: Shape, axes: readonly number[]): number[] => {
  const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const result = new Array<number>(kept.reduce((a, b) => a * b, 1)).fill(0);
  for (let i = 0; i < x.length; i++) {
    const target = coordinates(i, shape).reduce(
      (index, coordinate, axis) =>
        index * (kept[axis] ?? 1) + (axes.includes(axis) ? 0 : coordinate),
      0,
    );
    result[target] = (result[target] ?? 0) + (x[i] ?? 0);
  }
  return result;
};

/** Values of x (samples, n) by sample. */
export const rows = (x: ArrayLike<number>, samples: number): number[][] => {
  const n = x.length / samples;
  const values = Array.from(x);
  return Array.from({ length: samples }, (_, b) => values.slice(b * n, (b + 1) * n));
};

export const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length;

/** Unbiased variance. */
export const variance = (x: readonly number[]): number => {
  const centre = mean(x);
  return x.reduce((total, value) => total + (value - centre) ** 2, 0) / (x.length - 1);
};
