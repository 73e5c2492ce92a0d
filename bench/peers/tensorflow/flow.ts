import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { TensorMap } from './arrays';
import type { TensorflowVelocity } from './velocity';

/** (B) as (B, 1, 1, 1). */
export const perSample = (of: Tensor): Tensor => of.reshape([of.shape[0] ?? 1, 1, 1, 1]);

/** 1 - tau, for images. */
const rest = (tau: Tensor): Tensor => perSample(tau).mul(-1).add(1);

/** x_tau = tau x + (1 - tau) noise. */
export const renoise = (x: Tensor, tau: Tensor, noise: Tensor): Tensor =>
  x.mul(perSample(tau)).add(noise.mul(rest(tau)));

/** xhat = x_tau + (1 - tau) v. */
export const cleanPrediction = (x: Tensor, tau: Tensor, velocity: Tensor): Tensor =>
  x.add(velocity.mul(rest(tau)));

/** x_gen = z + v(z, 0) of a one-step student. */
export const generate = (
  velocity: TensorflowVelocity,
  weights: TensorMap,
  z: Tensor,
  rows: Tensor,
): Tensor => z.add(velocity(weights, z, tf.zeros([z.shape[0] ?? 1]), rows));
