import { add, multiply, subtract } from '../graph/ops/pointwise';
import type { Tensor } from '../graph/tensor';
import { time, type Time } from './time';

/** Guided velocity v = v_uncond + w (v_cond - v_uncond), w the scalar guidance scale. */
export const guidedVelocity = (cond: Tensor, uncond: Tensor, guidanceScale: Tensor): Tensor =>
  add(uncond, multiply(guidanceScale, subtract(cond, uncond)));

/** One Euler step x + dt v of dx/dt = v from noise (t = 0) towards clean data (t = 1). */
export const eulerStep = (x: Tensor, velocity: Tensor, dt: Tensor): Tensor =>
  add(x, multiply(dt, velocity));

/** The times at which `steps` equal Euler steps evaluate the velocity: 0, 1/n, ..., (n-1)/n. */
export const eulerTimes = (steps: number): Time[] =>
  Array.from({ length: steps }, (_, index) => time(index / steps));
