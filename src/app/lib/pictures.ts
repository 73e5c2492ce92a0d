import { imageToRgba } from '../../interchange/pixels';
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
export const paintGrid = (canvas: HTMLCanvasElement, { images, shape }: Pictures): void => {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const [count, , height, width] = shape;
  const columns = columnsFor(count);
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let index = 0; index < count; index++) {
    const { data } = imageToRgba(images, index, width, height);
    const left = (index % columns) * (width + GAP);
    const top = Math.floor(index / columns) * (height + GAP);
    context.putImageData(new ImageData(data, width, height), left, top);
  }
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
