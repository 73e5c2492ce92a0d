import {
  absolute,
  add,
  divide,
  log,
  minimum,
  multiply,
  negate,
  sqrt,
  square,
  subtract,
} from '../graph/ops/pointwise';
import type { Tensor } from '../graph/tensor';
import { perSample } from './perSample';

/**
 * How networks made elsewhere say the same things: what they predict, how they count time and scale
 * noisy samples. Ours: x_tau = tau x + (1 - tau) eps, tau = 0 noise, 1 clean, v = x - eps.
 */

/** What a network predicts: v = x - eps, its opposite eps - x, the noise eps, or the clean x. */
export const PREDICTIONS = ['velocity', 'reversedVelocity', 'noise', 'clean'] as const;
export type Prediction = (typeof PREDICTIONS)[number];

/** How a network counts time, and which noisy samples it knows. */
export type TimeConvention =
  /** x_tau as it is; the time is a straight line between its values at noise and at clean. */
  | { readonly kind: 'linear'; readonly noise: number; readonly clean: number }
  /** x + sigma eps, and sigma is the time (variance exploding). */
  | { readonly kind: 'sigma' }
  /**
   * sqrt(a) x + sqrt(1 - a) eps, log a = -(betaMin s + (betaMax - betaMin) s^2 / 2), and the time is
   * s times `scale` (variance preserving, betas linear in time).
   */
  | {
      readonly kind: 'variancePreserving';
      readonly betaMin: number;
      readonly betaMax: number;
      readonly scale: number;
    };

export interface Convention {
  readonly prediction: Prediction;
  readonly time: TimeConvention;
}

/**
 * Nearest noise level to pure noise, and to clean, at which a network is asked whose velocity has a
 * pole there: at the ends, the answer of this level stands in.
 */
const MARGIN = 0.01;

const maximum = (x: Tensor, least: number): Tensor => negate(minimum(negate(x), -least));

/** The noise level that a network is asked at. */
const askedLevel = ({ prediction, time }: Convention, tau: Tensor): Tensor => {
  const low = prediction === 'noise' || time.kind !== 'linear' ? maximum(tau, MARGIN) : tau;
  return prediction === 'clean' || time.kind !== 'linear' ? minimum(low, 1 - MARGIN) : low;
};

/** x_tau (N, ...) at tau (N) as a network of another convention takes them: its samples and times. */
export const toConvention = (
  convention: Convention,
  x: Tensor,
  tau: Tensor,
): { readonly x: Tensor; readonly t: Tensor } => {
  const { time } = convention;
  const level = askedLevel(convention, tau);
  const rest = subtract(1, level);
  switch (time.kind) {
    case 'linear':
      return { x, t: add(time.noise, multiply(time.clean - time.noise, level)) };
    case 'sigma':
      return {
        x: divide(x, perSample('toConvention', level, x)),
        t: divide(rest, level),
      };
    case 'variancePreserving': {
      const { betaMin, betaMax, scale } = time;
      const power = add(square(level), square(rest));
      // -log a, with a = tau^2 / (tau^2 + (1 - tau)^2); then the root of the quadratic in s.
      const loss = subtract(log(power), multiply(2, log(level)));
      const slope = betaMax - betaMin;
      const root = sqrt(add(betaMin ** 2, multiply(2 * slope, absolute(loss))));
      return {
        x: divide(x, perSample('toConvention', sqrt(power), x)),
        t: multiply(scale / slope, subtract(root, betaMin)),
      };
    }
  }
};

/** The velocity v = x - eps at x_tau (N, ...), tau (N) that a network's `output` there stands for. */
export const fromConvention = (
  convention: Convention,
  output: Tensor,
  x: Tensor,
  tau: Tensor,
): Tensor => {
  const level = perSample('fromConvention', askedLevel(convention, tau), x);
  switch (convention.prediction) {
    case 'velocity':
      return output;
    case 'reversedVelocity':
      return negate(output);
    case 'noise':
      return divide(subtract(x, output), level);
    case 'clean':
      return divide(subtract(output, x), subtract(1, level));
  }
};
