import { describe, expect, test } from 'vitest';
import {
  divergingColor,
  largestMagnitude,
  signedImageToRgba,
} from '../../../src/interchange/divergingMap';
import type { Rgb } from '../../../src/interchange/pixels';

const MAGENTA: Rgb = [255, 0, 255];
const NEUTRAL: Rgb = [247, 247, 247];
const BLUE: Rgb = [5, 48, 97];
const RED: Rgb = [103, 0, 31];

/** CIE lightness of an sRGB colour, 0 to 100. */
const lightness = (color: Rgb): number => {
  const linear = color.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = linear;
  return 116 * Math.cbrt(0.2126 * red + 0.7152 * green + 0.0722 * blue) - 16;
};

describe('divergingColor', () => {
  test('goes from blue over neutral to red, and no further', () => {
    expect([-3, -1, 0, 1, 3].map(divergingColor)).toEqual([BLUE, BLUE, NEUTRAL, RED, RED]);
  });

  test('mixes the two nearest colours', () => {
    // Half way from neutral to the first red, (253, 219, 199).
    expect(divergingColor(0.1)).toEqual([250, 233, 223]);
  });

  test('darkens from the middle to both ends, about equally, and is never grey there', () => {
    const shares = Array.from({ length: 50 }, (_, i) => (i + 1) / 50);
    for (const side of [-1, 1]) {
      const values = shares.map((share) => lightness(divergingColor(side * share)));
      const sorted = [...values].sort((a, b) => b - a);
      expect(values).toEqual(sorted);
    }
    for (const share of shares) {
      const [below, above] = [divergingColor(-share), divergingColor(share)];
      expect(Math.abs(lightness(below) - lightness(above))).toBeLessThan(10);
      expect(below[2]).toBeGreaterThan(below[0]);
      expect(above[0]).toBeGreaterThan(above[2]);
    }
  });

  test('what is no number is seen', () => {
    expect([NaN, Infinity, -Infinity].map(divergingColor)).toEqual([MAGENTA, MAGENTA, MAGENTA]);
  });
});

test('the scale is the largest magnitude of finite values', () => {
  expect(largestMagnitude(new Float32Array([0.5, -2, 1]))).toBe(2);
  expect(largestMagnitude(new Float32Array([0.5, NaN, -Infinity]))).toBe(0.5);
  expect(largestMagnitude(new Float32Array())).toBe(0);
});

describe('signedImageToRgba', () => {
  const colours = (data: Uint8ClampedArray): number[][] =>
    Array.from({ length: data.length / 4 }, (_, at) => [...data.subarray(4 * at, 4 * at + 3)]);

  // Two images of two pixels; planes red, green, blue.
  const images = new Float32Array([9, 9, 9, 9, 9, 9, -0.2, 0.1, -0.4, 0.2, 0.3, 0]);

  test('shows the strongest channel with its sign, on the scale of the image itself', () => {
    const { data, width, height } = signedImageToRgba(images, 1, 2, 1);
    expect([width, height]).toEqual([2, 1]);
    // Pixels: -0.4 of 0.4, then 0.2 of 0.4.
    expect(colours(data)).toEqual([BLUE, [...divergingColor(0.5)]]);
    expect([data[3], data[7]]).toEqual([255, 255]);
  });

  test('or on a scale given', () => {
    const { data } = signedImageToRgba(images, 1, 2, 1, 2);
    expect(colours(data)).toEqual([-0.2, 0.1].map((share) => [...divergingColor(share)]));
  });

  test('zero is neutral, also when all is zero', () => {
    expect(colours(signedImageToRgba(new Float32Array(3), 0, 1, 1).data)).toEqual([[...NEUTRAL]]);
    expect(colours(signedImageToRgba(new Float32Array(3), 0, 1, 1, 0).data)).toEqual([
      [...NEUTRAL],
    ]);
  });

  test('what is no number is seen, and does not set the scale', () => {
    const broken = new Float32Array([NaN, 1, 0, 0, 0, 0]);
    expect(colours(signedImageToRgba(broken, 0, 2, 1).data)).toEqual([[...MAGENTA], [...RED]]);
  });
});
