import { numpy as np } from '@jax-js/jax';
import type { Array as JaxArray, Tree } from '@jax-js/jax';
import type { JaxVelocity } from './velocity';

/** (B) as (B, 1, 1, 1). */
export const perSample = (of: JaxArray): JaxArray => of.reshape([of.shape[0] ?? 1, 1, 1, 1]);

/** 1 - tau, for images. */
const rest = (tau: JaxArray): JaxArray => perSample(tau).mul(-1).add(1);

/** x_tau = tau x + (1 - tau) noise. */
export const renoise = (x: JaxArray, tau: JaxArray, noise: JaxArray): JaxArray =>
  x.mul(perSample(tau.ref)).add(noise.mul(rest(tau)));

/** xhat = x_tau + (1 - tau) v. */
export const cleanPrediction = (x: JaxArray, tau: JaxArray, velocity: JaxArray): JaxArray =>
  x.add(velocity.mul(rest(tau)));

/** x_gen = z + v(z, 0) of a one-step student. */
export const generate = (velocity: JaxVelocity, p: Tree, z: JaxArray, rows: JaxArray): JaxArray =>
  z.ref.add(velocity(p, z, np.zeros([z.shape[0] ?? 1]), rows));
