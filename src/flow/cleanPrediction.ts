import { add, multiply, subtract } from '../graph/ops/pointwise';
import type { Tensor } from '../graph/tensor';
import { perSample } from './perSample';

/**
 * The clean image that a velocity v = x - eps at x_tau stands for: xhat = x_tau + (1 - tau) * v,
 * from x_tau and v (B, ...) and noise levels tau (B), 0 = noise, 1 = clean. Differentiable in both.
 */
export const cleanPrediction = (xTau: Tensor, tau: Tensor, velocity: Tensor): Tensor =>
  add(xTau, multiply(subtract(1, perSample('cleanPrediction', tau, xTau)), velocity));
