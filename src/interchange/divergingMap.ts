import { NOT_A_NUMBER_COLOR, type Rgb, type RgbaImage } from './pixels';

/**
 * ColorBrewer's RdBu (C. Brewer, Apache 2.0) from blue to red: lightness falls evenly from the middle
 * to both ends, and blue and red are told apart with any common colour blindness.
 */
const BLUE_TO_RED: readonly Rgb[] = [
  [5, 48, 97],
  [33, 102, 172],
  [67, 147, 195],
  [146, 197, 222],
  [209, 229, 240],
  [247, 247, 247],
  [253, 219, 199],
  [244, 165, 130],
  [214, 96, 77],
  [178, 24, 43],
  [103, 0, 31],
];

/**
 * Colour of a signed share: -1 is blue, 0 nearly white, 1 red; values beyond are clamped, NaN and
 * infinities give `NOT_A_NUMBER_COLOR`.
 */
export function divergingColor(share: number): Rgb {
  if (!Number.isFinite(share)) return NOT_A_NUMBER_COLOR;
  const steps = BLUE_TO_RED.length - 1;
  const position = ((Math.min(Math.max(share, -1), 1) + 1) / 2) * steps;
  const index = Math.min(Math.floor(position), steps - 1);
  const [from = NOT_A_NUMBER_COLOR, to = from] = BLUE_TO_RED.slice(index, index + 2);
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(from[channel] + (position - index) * (to[channel] - from[channel]));
  return [mix(0), mix(1), mix(2)];
}

/** Largest magnitude of finite values: the scale at which several images can share one map. */
export function largestMagnitude(values: Float32Array): number {
  return values.reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );
}

/** The channel's value furthest from 0 at a pixel, with its sign: colours never cancel out. */
function strongest(values: Float32Array, offset: number, planeSize: number, at: number): number {
  const red = values[offset + at] ?? NaN;
  const green = values[offset + planeSize + at] ?? NaN;
  const blue = values[offset + 2 * planeSize + at] ?? NaN;
  const most = Math.max(Math.abs(red), Math.abs(green), Math.abs(blue));
  return [red, green, blue].find((value) => Math.abs(value) === most) ?? NaN;
}

/**
 * Signed image `index` of `images` (N, 3, height, width), an update for example, as a diverging map:
 * each pixel shows its strongest channel, blue where it is lowered and red where it is raised.
 * `scale` has the full colours; without, the image's own largest magnitude. An image of zeros is
 * neutral.
 */
export function signedImageToRgba(
  images: Float32Array,
  index: number,
  width: number,
  height: number,
  scale?: number,
): RgbaImage {
  const planeSize = width * height;
  const offset = index * 3 * planeSize;
  const full = scale ?? largestMagnitude(images.subarray(offset, offset + 3 * planeSize));
  const data = new Uint8ClampedArray(4 * planeSize);
  for (let at = 0; at < planeSize; at++) {
    const value = strongest(images, offset, planeSize, at);
    data.set(divergingColor(value === 0 ? 0 : value / full), 4 * at);
    data[4 * at + 3] = 255;
  }
  return { width, height, data };
}
