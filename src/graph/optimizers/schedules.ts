/** How a learning rate goes: straight up to its peak, then down to zero as half a cosine. */
export interface CosineSchedule {
  /** The highest rate, reached after the warm-up. */
  readonly peak: number;
  /** Steps of the warm-up; 0 for none. */
  readonly warmUp: number;
  /** Steps of the whole training, warm-up included. */
  readonly steps: number;
}

/** The rate of step `index`, counted from 0. */
export const cosineRate = ({ peak, warmUp, steps }: CosineSchedule, index: number): number => {
  const rise = warmUp === 0 ? 1 : Math.min(1, (index + 1) / warmUp);
  return peak * rise * (0.5 * (1 + Math.cos((Math.PI * index) / steps)));
};

/**
 * Decay of a moving average at step `step`, counted from 1: min(limit, (1 + step) / (10 + step)).
 * A short training is not stuck at the weights that it began with.
 */
export const averageDecay = (limit: number, step: number): number =>
  Math.min(limit, (1 + step) / (10 + step));
