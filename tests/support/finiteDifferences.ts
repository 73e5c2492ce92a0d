/**
 * Gradient of a scalar function by central differences in float64; f must be pure and smooth at x.
 * The error is about step^2, far below what f32 kernels resolve.
 */
export function finiteDifferences(
  f: (x: number[]) => number,
  x: ArrayLike<number>,
  step = 1e-5,
): number[] {
  const at = Array.from(x);
  return at.map((value, i) => {
    const moved = (by: number) => f(at.with(i, value + by));
    return (moved(step) - moved(-step)) / (2 * step);
  });
}
