import { isWhole } from './numbers';

/** The largest seed: random numbers are keyed by 32 bits. */
export const LARGEST_SEED = 0xffffffff;

/** Whether a number can be the seed of a run. */
export const isSeed = isWhole(0, LARGEST_SEED);
