import { permute, reshape } from '../graph/ops/views';
import type { Shape } from '../graph/shape';
import type { Tensor } from '../graph/tensor';

/** Number of patches per side; refuses sizes that the patch does not divide. */
const patchGrid = (height: number, width: number, patch: number): [number, number] => {
  if (height % patch !== 0 || width % patch !== 0) {
    throw new RangeError(`Patches of ${patch} do not tile an image of ${height} x ${width}.`);
  }
  return [height / patch, width / patch];
};

/** Images (B, C, H, W) to tokens (B, T, C p p): patches row by row, each as (channel, row, column). */
export const patchify = (images: Tensor, patch: number): Tensor => {
  const [batch = 1, channels = 1, height = 1, width = 1] = images.shape;
  const [rows, columns] = patchGrid(height, width, patch);
  const split = reshape(images, [batch, channels, rows, patch, columns, patch]);
  const tokens = permute(split, [0, 2, 4, 1, 3, 5]);
  return reshape(tokens, [batch, rows * columns, channels * patch * patch]);
};

/** The inverse of `patchify`, to images of `shape` (B, C, H, W). */
export const unpatchify = (tokens: Tensor, patch: number, shape: Shape): Tensor => {
  const [batch = 1, channels = 1, height = 1, width = 1] = shape;
  const [rows, columns] = patchGrid(height, width, patch);
  const split = reshape(tokens, [batch, rows, columns, channels, patch, patch]);
  return reshape(permute(split, [0, 3, 1, 4, 2, 5]), shape);
};
