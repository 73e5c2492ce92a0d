/** 8-bit pixels, row-major from the top left, 4 bytes each; fits `new ImageData(data, width)`. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** Red, green, blue, each 0..255. */
export type Rgb = readonly [number, number, number];

/** Shown for a pixel that is no number: a diverged network is seen at once, not taken for black. */
export const NOT_A_NUMBER_COLOR: Rgb = [255, 0, 255];

/** A channel in [-1, 1] to the nearest byte; values outside are clamped. */
export function channelToByte(value: number): number {
  return Math.round(Math.min(Math.max((value + 1) / 2, 0), 1) * 255);
}

/**
 * Colour of pixel `at` of one image whose red, green and blue planes of `planeSize` values in
 * [-1, 1] start at `offset` of `values`. NaN or infinite channels give `NOT_A_NUMBER_COLOR`.
 */
export function pixelColor(
  values: Float32Array,
  offset: number,
  planeSize: number,
  at: number,
): Rgb {
  const red = values[offset + at] ?? NaN;
  const green = values[offset + planeSize + at] ?? NaN;
  const blue = values[offset + 2 * planeSize + at] ?? NaN;
  if (!Number.isFinite(red + green + blue)) return NOT_A_NUMBER_COLOR;
  return [channelToByte(red), channelToByte(green), channelToByte(blue)];
}

/** Image `index` of `images` (N, 3, height, width), values in [-1, 1], to opaque 8-bit pixels. */
export function imageToRgba(
  images: Float32Array,
  index: number,
  width: number,
  height: number,
): RgbaImage {
  const planeSize = width * height;
  const data = new Uint8ClampedArray(4 * planeSize);
  for (let at = 0; at < planeSize; at++) {
    data.set(pixelColor(images, index * 3 * planeSize, planeSize, at), 4 * at);
    data[4 * at + 3] = 255;
  }
  return { width, height, data };
}
