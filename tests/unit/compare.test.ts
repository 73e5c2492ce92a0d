import { describe, expect, test } from 'vitest';
import { expectClose } from '../support/compare';

describe('expectClose', () => {
  test('measures against the largest expected magnitude', () => {
    const difference = expectClose('x', [1, -100.5], [1.1, -100], { relative: 0.01 });
    expect(difference.maxError).toBeCloseTo(0.5);
    expect(difference.relativeError).toBeCloseTo(0.005);
  });

  test('names the tensor and its worst element', () => {
    expect(() => expectClose('head.bias', [1, 2], [1, 3], { relative: 0.1 })).toThrow(
      /head\.bias: .*\n.*worst at \[1\] of 2: actual 2\.000, expected 3\.000/,
    );
  });

  test('rejects a missing value, a NaN and an infinity', () => {
    expect(() => expectClose('x', [1], [1, 2], { relative: 1 })).toThrow('1 values, expected 2');
    expect(() => expectClose('x', [NaN], [1], { relative: 1 })).toThrow('not finite at [0]');
    expect(() => expectClose('x', [Infinity], [1], { relative: 1 })).toThrow('not finite at [0]');
  });

  test('accepts zeros, and rounding around zeros only by the absolute tolerance', () => {
    expect(expectClose('x', [0], [0], { relative: 0 }).relativeError).toBe(0);
    expect(() => expectClose('x', [1e-9], [0], { relative: 1e-3 })).toThrow('x: max error');
    expect(expectClose('x', [1e-9], [0], { relative: 0, absolute: 1e-8 }).maxError).toBe(1e-9);
  });
});
