import { expect, test } from 'vitest';
import { float16ToNumber, numberToFloat16 } from '../../../src/interchange/halfFloat';

test('every half precision number is its own nearest', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = float16ToNumber(bits);
    if (!Number.isNaN(value) && numberToFloat16(value) !== bits) expect.fail(`${bits}: ${value}`);
  }
  expect(numberToFloat16(NaN)).toBe(0x7e00);
});

// IEEE 754-2019, 4.3.1: to nearest, ties to even.
const cases: [number, number][] = [
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [1 + 2 ** -11 + 2 ** -20, 0x3c01],
  [-(1 + 3 * 2 ** -11), 0xbc02],
  [2 - 2 ** -12, 0x4000],
  [2 ** -25, 0],
  [1.5 * 2 ** -25, 1],
  [2 ** -14 - 2 ** -26, 0x0400],
  [65519, 0x7bff],
  [65520, 0x7c00],
];
for (const [value, bits] of cases) {
  test(`${value} becomes ${bits.toString(16)}`, () => {
    expect(numberToFloat16(value)).toBe(bits);
  });
}
