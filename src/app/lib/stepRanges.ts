import type { TauRange } from '../../distill/config';

/** The noise levels that one step of the student may draw; none where the range is empty. */
export interface StepRange {
  /** From 1. */
  readonly step: number;
  /** The student's own time at this step. */
  readonly t: number;
  readonly lo: number;
  readonly hi: number;
}

/**
 * What each step of the student gets of a range of noise levels, as shaders/distill/sample_tau.wgsl
 * draws them: (max(t, lo), hi] above t, else (lo, hi]; hi alone where that is empty.
 */
export const stepRanges = (
  { lo, hi, aboveT }: Pick<TauRange, 'lo' | 'hi' | 'aboveT'>,
  times: readonly number[],
): StepRange[] =>
  times.map((t, index) => ({
    step: index + 1,
    t,
    lo: Math.min(aboveT ? Math.max(t, lo) : lo, hi),
    hi,
  }));

/** The steps, from 1, that lie above the range, so that they only ever draw its end. */
export const emptySteps = (
  tau: Pick<TauRange, 'lo' | 'hi' | 'aboveT'>,
  times: readonly number[],
): number[] =>
  stepRanges(tau, times)
    .filter(({ t }) => tau.aboveT && t >= tau.hi)
    .map(({ step }) => step);

/** The same in words, for those who do not see them: "Step 1 draws 0.02 to 0.98, …". */
export const stepRangesInWords = (ranges: readonly StepRange[]): string =>
  ranges
    .map(({ step, lo, hi }) => `step ${step} draws ${lo.toFixed(2)} to ${hi.toFixed(2)}`)
    .join(', ');
