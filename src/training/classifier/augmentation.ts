import { add, multiply, square, subtract } from '../../graph/ops/pointwise';
import { randomNormal, randomUniform } from '../../graph/ops/random';
import { concat, reshape, slice } from '../../graph/ops/views';
import type { Tensor } from '../../graph/tensor';

/**
 * How much images are spoilt at most in training, so that the judge is at home with images that are
 * nearly right, as a student's are. Every image draws its own amounts.
 */
export const AUGMENTATION = {
  /** Standard deviation of the noise; small amounts are likelier (the square of a uniform). */
  noise: 0.3,
  /** Share of the picture's blurred version (3 x 3 binomial), likewise. */
  blur: 0.5,
  /** Contrast is of 1 - this .. 1 + this. */
  contrast: 0.25,
  /** Brightness moves by up to this. */
  brightness: 0.1,
} as const;

/** Random streams; see STREAMS of the training for the others. */
const STREAMS = { noise: 3, amounts: 4 } as const;

/** Neighbours along an axis weighted 1 : 2 : 1; at the edges the last pixel counts twice. */
function blurAlong(x: Tensor, axis: number): Tensor {
  const length = x.shape[axis] ?? 1;
  const before = concat([slice(x, axis, 0, 1), slice(x, axis, 0, length - 1)], axis);
  const after = concat([slice(x, axis, 1, length - 1), slice(x, axis, length - 1, 1)], axis);
  return multiply(add(add(before, after), multiply(x, 2)), 0.25);
}

/** Spoils images (B, C, H, W) as `AUGMENTATION` says. */
export function augment(images: Tensor, source: { seed: Tensor; step: Tensor }): Tensor {
  const batch = images.shape[0] ?? 1;
  const amounts = randomUniform([4, batch, 1, 1, 1], { ...source, stream: STREAMS.amounts });
  const amount = (index: number) => reshape(slice(amounts, 0, index, 1), [batch, 1, 1, 1]);
  const around = (index: number) => subtract(multiply(amount(index), 2), 1);
  const blur = multiply(square(amount(0)), AUGMENTATION.blur);
  const contrast = add(multiply(around(1), AUGMENTATION.contrast), 1);
  const brightness = multiply(around(2), AUGMENTATION.brightness);
  const strength = multiply(square(amount(3)), AUGMENTATION.noise);
  const noise = randomNormal(images.shape, { ...source, stream: STREAMS.noise });
  const soft = blurAlong(blurAlong(images, 2), 3);
  const blurred = add(images, multiply(blur, subtract(soft, images)));
  return add(add(multiply(blurred, contrast), brightness), multiply(strength, noise));
}
