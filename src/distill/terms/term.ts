import type { Tensor } from '../../graph/tensor';
import type { StatisticsOver } from '../../models/backbone';
import type { DistillConfig, TermId } from '../config';
import type { Point } from '../networks';

/** A clean prediction that a term may ask for at its own x_tau. */
export type Evaluation = 'teacherCond' | 'teacherUncond' | 'criticCond';

/** What a term needs beyond x_gen; what no term needs is neither made nor computed. */
export type Need = Evaluation | 'discriminator' | 'statistics';

/** What the trainer hands to a term. */
export interface TermContext {
  /** The student's images x_gen (B, C, H, W). */
  readonly gen: Tensor;
  /** x_gen renoised to this term's own noise levels, under the prompts of the update. */
  readonly point: () => Point;
  /** The clean prediction asked for, at this term's point. */
  readonly predictions: Readonly<Record<Evaluation, () => Tensor>>;
  /** Logits (B) of the discriminator; positive means "real". Differentiable in the images. */
  readonly discriminate: (point: Point) => Tensor;
  /** Scalars of the data: mean of its values, average variance; and what both are taken over. */
  readonly statistics: {
    readonly mean: Tensor;
    readonly variance: Tensor;
    readonly over: StatisticsOver;
  };
  /** Scalars of the run. */
  readonly guidanceScale: Tensor;
  readonly weight: Tensor;
  readonly normalise: Tensor;
}

/** One term of the student's update (Eq. 6). A new term is a new file and a line in `registry`. */
export interface Term {
  /** Evaluations are batched over terms by the trainer. */
  readonly needs: readonly Need[];
  /** Random streams of the term's tau and noise; left out by terms that look at x_gen itself. */
  readonly draws?: { readonly tau: number; readonly noise: number };
  /** The term whose renoised point stands in for this one's own, where that term is on. */
  readonly sharesPoint?: (config: DistillConfig) => TermId | null;
  /** The update Delta (B, C, H, W): where to move x_gen; dL/dx_gen = -Delta / n. */
  readonly update: (context: TermContext) => Tensor;
}
