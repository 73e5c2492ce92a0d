import { describe, expect, test } from 'vitest';
import type { RgbaImage } from '../../../src/interchange/pixels';
import { squareFit } from '../../../src/interchange/squareFit';

/** An image of grey values, opaque unless alphas are given. */
const grey = (width: number, values: readonly number[], alphas?: readonly number[]): RgbaImage => ({
  width,
  height: values.length / width,
  data: Uint8ClampedArray.from(
    values.flatMap((value, at) => [value, value, value, alphas?.[at] ?? 255]),
  ),
});

/** The red plane. */
const red = (image: RgbaImage, size: number): number[] =>
  [...squareFit(image, size)].slice(0, size * size);

describe('a picture in a square', () => {
  test('of its own size stays as it is', () => {
    expect(red(grey(2, [10, 20, 30, 40]), 2)).toEqual([10, 20, 30, 40]);
  });

  test('is the mean over whole pixels, where they tile it', () => {
    const image = grey(4, [0, 4, 8, 8, 8, 12, 8, 8, 1, 1, 100, 200, 1, 1, 50, 50]);
    expect(red(image, 2)).toEqual([6, 8, 1, 100]);
  });

  test('weights pixels by the area that is covered', () => {
    // Three to two: each covers one pixel and half of the next.
    const image = grey(3, [0, 90, 240, 0, 90, 240, 0, 90, 240]);
    expect(red(image, 2)).toEqual([30, 190, 30, 190]);
  });

  test('repeats pixels where it grows', () => {
    expect(red(grey(1, [77]), 2)).toEqual([77, 77, 77, 77]);
  });

  test('is the middle of a wide or a high one', () => {
    expect(red(grey(4, [1, 2, 3, 4, 5, 6, 7, 8]), 2)).toEqual([2, 3, 6, 7]);
    expect(red(grey(2, [1, 2, 3, 4, 5, 6, 7, 8]), 2)).toEqual([3, 4, 5, 6]);
  });

  test('is white where it is transparent, and in between', () => {
    expect(red(grey(2, [0, 0, 0, 100], [0, 255, 51, 255]), 2)).toEqual([255, 0, 204, 100]);
  });

  test('has planes of red, green and blue', () => {
    const image = { width: 1, height: 1, data: Uint8ClampedArray.from([1, 2, 3, 255]) };
    expect([...squareFit(image, 1)]).toEqual([1, 2, 3]);
  });
});
