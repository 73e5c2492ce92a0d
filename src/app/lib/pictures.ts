import { signedImageToRgba } from '../../interchange/divergingMap';
import { imageToRgba, type RgbaImage } from '../../interchange/pixels';
import type { Pictures } from '../state/samples';

/** Pictures in a row of a grid of `count`: the most square arrangement. */
export const columnsFor = (count: number): number => Math.max(1, Math.ceil(Math.sqrt(count)));

/** Gap between pictures, in their own pixels. */
const GAP = 1;

/** Size in its own pixels of a grid of `count` pictures of `size` by `size`. */
export const gridSize = (count: number, size: number): { width: number; height: number } => {
  const columns = columnsFor(count);
  const rows = Math.max(1, Math.ceil(count / columns));
  return { width: columns * (size + GAP) - GAP, height: rows * (size + GAP) - GAP };
};

/** Paints pictures side by side, one canvas pixel each of theirs. */
export const paintGrid = (
  canvas: HTMLCanvasElement,
  { images, shape, missing = [] }: Pick<Pictures, 'images' | 'shape' | 'missing'>,
): void => {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const [count, , height, width] = shape;
  const columns = columnsFor(count);
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let index = 0; index < count; index++) {
    if (missing.includes(index)) continue;
    const { data } = imageToRgba(images, index, width, height);
    const left = (index % columns) * (width + GAP);
    const top = Math.floor(index / columns) * (height + GAP);
    context.putImageData(new ImageData(data, width, height), left, top);
  }
};

/** One picture, or one signed image of its shape: (3, height, width). */
export interface Plane {
  readonly images: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Paints one picture, a canvas pixel each of its own. */
export const paintPicture = (canvas: HTMLCanvasElement, plane: Plane): void => {
  const { images, width, height } = plane;
  put(canvas, imageToRgba(images, 0, width, height));
};

/** Paints a signed image: red is up, blue is down; `reach` has the strongest colours. */
export const paintSigned = (canvas: HTMLCanvasElement, plane: Plane, reach: number): void => {
  const { images, width, height } = plane;
  put(canvas, signedImageToRgba(images, 0, width, height, reach));
};

const put = (canvas: HTMLCanvasElement, { data, width, height }: RgbaImage): void => {
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
};

/** Mean over pictures (n, 3, height, width) of each one's unbiased variance over all its values. */
export const meanVariance = (
  images: Float32Array,
  shape: readonly [number, number, number, number],
): number => {
  const [count, channels, height, width] = shape;
  const length = channels * height * width;
  let total = 0;
  for (let index = 0; index < count; index++) {
    const values = images.subarray(index * length, (index + 1) * length);
    let mean = 0;
    for (const value of values) mean += value / length;
    let squares = 0;
    for (const value of values) squares += (value - mean) ** 2;
    total += squares / (length - 1);
  }
  return total / count;
};
