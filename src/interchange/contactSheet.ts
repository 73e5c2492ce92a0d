import { imageToRgba, type Rgb, type RgbaImage } from './pixels';

export interface ContactSheetOptions {
  /** Size of one image in its own pixels. */
  readonly width: number;
  readonly height: number;
  /** Images in a row; the last row may be shorter. */
  readonly columns: number;
  /** Every pixel of an image becomes scale x scale pixels: whole numbers keep pixel art sharp. */
  readonly scale: number;
  /** Background pixels between images and around the sheet. */
  readonly gap: number;
  readonly background: Rgb;
}

export const contactSheetDefaults: ContactSheetOptions = {
  width: 16,
  height: 16,
  columns: 8,
  scale: 4,
  gap: 4,
  background: [255, 255, 255],
};

/**
 * Lays out `images` (N, 3, height, width; values in [-1, 1]) as a grid, in reading order.
 *
 * @throws {RangeError} when the values are not a whole number of images or an option is no size.
 */
export function contactSheet(
  images: Float32Array,
  options: Partial<ContactSheetOptions> = {},
): RgbaImage {
  const { width, height, columns, scale, gap, background } = {
    ...contactSheetDefaults,
    ...options,
  };
  checkSizes({ width, height, columns, scale }, 1);
  checkSizes({ gap }, 0);
  const count = images.length / (3 * width * height);
  if (!Number.isInteger(count)) {
    throw new RangeError(`${images.length} values are no whole number of 3x${height}x${width}`);
  }

  const pitchX = width * scale + gap;
  const pitchY = height * scale + gap;
  const sheet = blank(
    gap + Math.min(count, columns) * pitchX,
    gap + Math.ceil(count / columns) * pitchY,
    background,
  );
  for (let index = 0; index < count; index++) {
    const left = gap + (index % columns) * pitchX;
    const top = gap + Math.floor(index / columns) * pitchY;
    drawScaled(sheet, imageToRgba(images, index, width, height), left, top, scale);
  }
  return sheet;
}

function blank(width: number, height: number, [red, green, blue]: Rgb): RgbaImage {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < data.length; at += 4) data.set([red, green, blue, 255], at);
  return { width, height, data };
}

function drawScaled(
  sheet: RgbaImage,
  image: RgbaImage,
  left: number,
  top: number,
  scale: number,
): void {
  for (let y = 0; y < image.height * scale; y++) {
    for (let x = 0; x < image.width * scale; x++) {
      const from = 4 * (Math.floor(y / scale) * image.width + Math.floor(x / scale));
      const to = 4 * ((top + y) * sheet.width + left + x);
      sheet.data.set(image.data.subarray(from, from + 4), to);
    }
  }
}

function checkSizes(sizes: Readonly<Record<string, number>>, least: number): void {
  for (const [name, value] of Object.entries(sizes)) {
    if (!Number.isInteger(value) || value < least) {
      throw new RangeError(`contact sheet: ${name} is ${value}, not a whole number >= ${least}`);
    }
  }
}
