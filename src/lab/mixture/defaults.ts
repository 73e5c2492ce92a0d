import type { FitOptions } from '../../tasks/mixture/teacher/fit';
import type { ArmConfigInput } from '../config';

/** Points an update. */
export const DEFAULT_BATCH = 128;

export const DEFAULT_SEED = 1;

/** How the networks' start is fitted: a few seconds on a software adapter. */
export const DEFAULT_FIT: Omit<FitOptions, 'seed'> = {
  steps: 600,
  batch: 256,
  learningRate: 6e-3,
};

/**
 * A one-step student of points on which every switch shows its effect within 300 iterations: CA alone
 * drives the points apart, any shield holds them, DM the nearest to the mixture.
 */
export const DEFAULT_CONFIG = {
  guidanceScale: 2,
  normalise: true,
  student: { steps: 1, learningRate: 5e-4, emaDecay: 0 },
  critic: { updates: 2, learningRate: 2e-3 },
  discriminator: { updates: 1, learningRate: 1e-3 },
  terms: { gan: { weight: 1 } },
} as const satisfies ArmConfigInput;
