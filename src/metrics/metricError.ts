/** Something cannot be measured; the message says what was given and what is needed. */
export class MetricError extends Error {
  override readonly name = 'MetricError';
}

/**
 * Number of samples of `size` values each. Throws MetricError unless `values` is a whole number of
 * them, at least `least`, all finite: one NaN would silently become every figure.
 */
export const countSamples = (
  what: string,
  values: Float32Array,
  size: number,
  least = 1,
): number => {
  const count = values.length / size;
  if (!Number.isInteger(size) || size < 1 || !Number.isInteger(count)) {
    throw new MetricError(`${what}: ${values.length} values are no whole number of ${size}.`);
  }
  if (count < least) {
    throw new MetricError(`${what}: at least ${least} samples are needed, got ${count}.`);
  }
  if (!values.every(Number.isFinite)) {
    throw new MetricError(`${what} hold values that are not finite.`);
  }
  return count;
};
