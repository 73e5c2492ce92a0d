import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { contactSheet } from '../../../src/interchange/contactSheet';
import { channelToByte, imageToRgba } from '../../../src/interchange/pixels';
import { encodePng } from '../../../src/interchange/png';

const WHITE = [255, 255, 255, 255];
const GREY = [128, 128, 128, 255];
const MAGENTA = [255, 0, 255, 255];

function pixelAt(
  { width, data }: { width: number; data: ArrayLike<number> },
  x: number,
  y: number,
) {
  return Array.from({ length: 4 }, (_, channel) => data[4 * (y * width + x) + channel]);
}

describe('pixels', () => {
  test('channels are clamped and rounded to the nearest byte', () => {
    expect([-9, -1, -1 + 1.1 / 255, 0, 0.5, 1, 7].map(channelToByte)).toEqual([
      0, 0, 1, 128, 191, 255, 255,
    ]);
  });

  test('every byte survives the way to [-1, 1] in float32 and back', () => {
    for (let byte = 0; byte < 256; byte++) {
      expect(channelToByte(Math.fround(byte / 127.5 - 1))).toBe(byte);
    }
  });

  test('planes become interleaved pixels of the image asked for', () => {
    const images = new Float32Array([...Array<number>(6).fill(0), -1, 1, 0, -1, 1, 0]);
    expect([...imageToRgba(images, 1, 2, 1).data]).toEqual([0, 128, 255, 255, 255, 0, 128, 255]);
  });

  test('what is no number is seen', () => {
    const { data } = imageToRgba(new Float32Array([NaN, 0, 0, Infinity, 0, 0]), 0, 2, 1);
    expect([...data]).toEqual([...MAGENTA, ...MAGENTA]);
  });
});

describe('contact sheet', () => {
  // Three images of one row and two pixels: black and grey each.
  const pair = [-1, 0];
  const images = new Float32Array(Array.from({ length: 9 }, () => pair).flat());
  const options = { width: 2, height: 1, columns: 2, scale: 3, gap: 1 };

  test('has a gap around and between, and upscales by whole pixels', () => {
    const sheet = contactSheet(images, options);
    expect([sheet.width, sheet.height]).toEqual([1 + 2 * 7, 1 + 2 * 4]);
    expect(pixelAt(sheet, 0, 0)).toEqual(WHITE);
    expect(pixelAt(sheet, 7, 1)).toEqual(WHITE);
    for (const [x, y] of [
      [1, 1],
      [3, 3],
      [8, 1],
      [1, 5],
      [3, 7],
    ] as const) {
      expect(pixelAt(sheet, x, y)).toEqual([0, 0, 0, 255]);
      expect(pixelAt(sheet, x + 3, y)).toEqual(GREY);
    }
    expect(pixelAt(sheet, 8, 5), 'the last row is shorter').toEqual(WHITE);
  });

  test('is no wider than its images', () => {
    expect(contactSheet(images, { ...options, columns: 8, gap: 0 }).width).toBe(3 * 6);
  });

  test('takes another background', () => {
    const sheet = contactSheet(images, { ...options, background: [1, 2, 3] });
    expect(pixelAt(sheet, 0, 0)).toEqual([1, 2, 3, 255]);
  });

  test.each([
    [{ scale: 0 }, 'scale is 0'],
    [{ columns: 1.5 }, 'columns is 1.5'],
    [{ gap: -1 }, 'gap is -1'],
    [{ width: 5 }, '18 values are no whole number of 3x1x5'],
  ])('refuses %j', (wrong, message) => {
    expect(() => contactSheet(images, { ...options, ...wrong })).toThrow(message);
  });
});

describe('PNG', () => {
  test.each([3, 4])('keeps every byte of %d channels', (channels) => {
    const data = Uint8Array.from({ length: 5 * 3 * channels }, (_, index) => (index * 37) % 256);
    const image = decode(encodePng({ width: 5, height: 3, data }));
    expect([image.width, image.height, image.channels]).toEqual([5, 3, channels]);
    expect([...image.data]).toEqual([...data]);
  });

  test('takes a contact sheet', () => {
    const sheet = contactSheet(new Float32Array(3 * 16 * 16));
    expect([...decode(encodePng(sheet)).data]).toEqual([...sheet.data]);
  });

  test('refuses data of another size', () => {
    const data = new Uint8Array(10);
    expect(() => encodePng({ width: 2, height: 2, data })).toThrow(RangeError);
  });
});
