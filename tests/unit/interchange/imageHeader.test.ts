import { describe, expect, test } from 'vitest';
import { readImageHeader } from '../../../src/interchange/imageHeader';
import { mutate } from '../../support/mutate';
import { plainPng } from '../../support/ownFiles';

const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const bytes = (...parts: readonly (number | readonly number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flat());

// Written by hand after the formats' own descriptions.
const JPEG = bytes(
  [0xff, 0xd8],
  [0xff, 0xe0, 0, 16, ...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0],
  [0xff, 0xc4, 0, 4, 0, 0],
  [0xff, 0xff, 0xc2, 0, 17, 8, 0x01, 0x02, 0x03, 0x04, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
);
const GIF = bytes(ascii('GIF89a'), [0x2c, 0x01, 0x90, 0x01]);
const riff = (kind: string, ...rest: readonly number[]): Uint8Array<ArrayBuffer> =>
  bytes(ascii('RIFF'), [0, 0, 0, 0], ascii('WEBP'), ascii(kind), [0, 0, 0, 0], rest);
const zeros = (count: number): number[] => Array<number>(count).fill(0);
const VP8 = riff('VP8 ', 0, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00, ...zeros(4));
// 14 bits of width - 1, then 14 of height - 1.
const VP8L = riff('VP8L', 0x2f, 0xff, 0xc0, 0x18, 0x00, ...zeros(10));
const VP8X = riff('VP8X', 0, 0, 0, 0, 0x0f, 0x27, 0x00, 0x1f, 0x4e, 0x00, ...zeros(4));

describe('the first bytes say format and size', () => {
  test.each([
    ['a PNG', plainPng([1, 2, 3], 7, 5), { type: 'image/png', width: 7, height: 5 }],
    ['a JPEG', JPEG, { type: 'image/jpeg', width: 0x304, height: 0x102 }],
    ['a GIF', GIF, { type: 'image/gif', width: 300, height: 400 }],
    ['a lossy WebP', VP8, { type: 'image/webp', width: 320, height: 240 }],
    ['a lossless WebP', VP8L, { type: 'image/webp', width: 256, height: 100 }],
    ['an extended WebP', VP8X, { type: 'image/webp', width: 10_000, height: 20_000 }],
  ])('of %s', (_, file, header) => {
    expect(readImageHeader(file)).toEqual(header);
  });

  test('of nothing else', () => {
    for (const text of ['', 'BM', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'RIFF']) {
      expect(readImageHeader(bytes(ascii(text)))).toBeNull();
    }
  });
});

test.each([
  ['a PNG', plainPng([1, 2, 3])],
  ['a JPEG', JPEG],
  ['a GIF', GIF],
  ['a WebP', VP8X],
])('damage of %s is never more than another size, or none', (_, file) => {
  for (let trial = 0; trial < 1500; trial++) {
    const header = readImageHeader(mutate(file, 3, trial));
    if (header) expect(header.width >= 0 && header.height >= 0).toBe(true);
  }
});
