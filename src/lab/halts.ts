import type { IterationFigures } from '../distill/figures';
import type { TrainerState } from '../distill/state';

/**
 * Mean variance of a sample above which an arm has run away. Real avatars have about 0.25; images
 * whose values span [-1, 1] have at most 1; arms without a shield that still show how they fail
 * stay below 100. At 1e4 values are a hundred times the range, and nothing can be seen any more.
 */
export const RUNAWAY_VARIANCE = 1e4;

/** Why an arm cannot go on, and what to do about it. */
export interface HaltReason {
  readonly reason: string;
  readonly advice: string;
}

/** A run ended because its only arm had to halt. */
export class HaltedError extends Error {
  override readonly name = 'HaltedError';

  constructor({ reason, advice }: HaltReason) {
    super(`The student had to halt. ${reason} ${advice}`);
  }
}

const ADVICE =
  'Lower its learning rate or the guidance scale, or switch DM on; its last good state is kept ' +
  'and it goes on from there with the new settings.';

/** Where numbers ended; for figures, images and weights alike. */
export const notFinite = (what: string): HaltReason => ({
  reason: `Its ${what} are no longer finite numbers.`,
  advice: ADVICE,
});

/** Why these figures end a run; null when they are fine. */
export const haltReason = (figures: IterationFigures): HaltReason | null => {
  const numbers = Object.values({ ...figures, taus: null });
  const finite = numbers.every((value) => value === null || Number.isFinite(value));
  if (!finite) return notFinite('figures');
  if (figures.imageVariance > RUNAWAY_VARIANCE) {
    const variance = figures.imageVariance.toPrecision(3);
    return { reason: `What it draws ran away: its variance is ${variance}.`, advice: ADVICE };
  }
  return null;
};

/** Whether every value is a finite number; a plain loop, since states hold millions. */
export const allFinite = (values: Float32Array): boolean => {
  let finite = 0;
  while (finite < values.length && Number.isFinite(values[finite])) finite++;
  return finite === values.length;
};

/** Whether every weight and moment of a state is a finite number. */
export const isFiniteState = ({ tensors }: TrainerState): boolean =>
  [...tensors.values()].every(allFinite);
