import { encode } from 'fast-png';

/** 8-bit pixels, row-major from the top left: 3 bytes (RGB) or 4 bytes (RGBA) each. */
export interface PngPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer> | Uint8ClampedArray<ArrayBuffer>;
}

/**
 * Pixels to the bytes of a PNG file, losslessly.
 *
 * @throws {RangeError} when `data` holds neither 3 nor 4 bytes a pixel.
 */
export function encodePng({ width, height, data }: PngPixels): Uint8Array<ArrayBuffer> {
  const channels = data.length / (width * height);
  if (channels !== 3 && channels !== 4) {
    throw new RangeError(`PNG: ${data.length} bytes are not 3 or 4 for each of ${width}x${height}`);
  }
  return new Uint8Array(encode({ width, height, data, channels, depth: 8 }));
}
