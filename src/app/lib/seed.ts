/** The largest seed: random numbers are keyed by 32 bits. */
export const LARGEST_SEED = 0xffffffff;

/** Whether a number can be the seed of a run. */
export const isSeed = (value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= LARGEST_SEED;
