/** How far two tensors may differ. */
export interface Tolerance {
  /** Fraction of the largest magnitude of the expected tensor. */
  relative: number;
  /** Added to it; needed where the expected tensor is all zero. 0 unless given. */
  absolute?: number;
}

/** How far two tensors differ. */
export interface Difference {
  /** max |actual - expected| */
  maxError: number;
  /** maxError / max |expected|; 0 when both are zero, infinite when only the expected is. */
  relativeError: number;
}

/**
 * Throws unless max |actual - expected| <= relative * max |expected| + absolute. Lengths must agree
 * and nothing may be NaN or infinite. The error names the tensor, its worst element and the first
 * values of both.
 */
export function expectClose(
  name: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative, absolute = 0 }: Tolerance,
): Difference {
  if (actual.length !== expected.length) {
    throw new Error(`${name}: ${actual.length} values, expected ${expected.length}`);
  }
  let maxError = 0;
  let largest = 0;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const a = actual[i] ?? NaN;
    const e = expected[i] ?? NaN;
    const error = Math.abs(a - e);
    if (!Number.isFinite(error)) {
      throw new Error(`${name}: not finite at [${i}]: actual ${a}, expected ${e}`);
    }
    largest = Math.max(largest, Math.abs(e));
    if (error > maxError) {
      maxError = error;
      worst = i;
    }
  }
  const relativeError = maxError === 0 ? 0 : maxError / largest;
  if (maxError > relative * largest + absolute) {
    throw new Error(
      `${name}: max error ${format(maxError)}, relative ${format(relativeError)}, ` +
        `allowed ${format(relative)} of ${format(largest)}${absolute > 0 ? ` + ${format(absolute)}` : ''}\n` +
        `  worst at [${worst}] of ${expected.length}: ` +
        `actual ${format(actual[worst])}, expected ${format(expected[worst])}\n` +
        `  actual   ${first(actual)}\n` +
        `  expected ${first(expected)}`,
    );
  }
  return { maxError, relativeError };
}

function format(value: number | undefined): string {
  return value === undefined ? 'none' : value.toPrecision(4);
}

function first(values: ArrayLike<number>): string {
  const shown = Array.from({ length: Math.min(8, values.length) }, (_, i) => format(values[i]));
  return `[${shown.join(', ')}${values.length > shown.length ? ', …' : ''}]`;
}
