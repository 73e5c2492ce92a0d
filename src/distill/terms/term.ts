import type { Tensor } from '../../graph/tensor';

/** What a term may ask of a network at its own x_tau. */
export type Evaluation = 'teacherCond' | 'teacherUncond' | 'criticCond';

/** What the trainer hands to a term. */
export interface TermContext {
  /** The student's images x_gen (B, C, H, W). */
  readonly gen: Tensor;
  /** The clean prediction asked for, at this term's x_tau. */
  readonly predictions: Readonly<Record<Evaluation, () => Tensor>>;
  /** Scalars of the run. */
  readonly guidanceScale: Tensor;
  readonly weight: Tensor;
  readonly normalise: Tensor;
}

/** One term of the student's update (Eq. 6). A new term is a new file and a line in `registry`. */
export interface Term {
  /** The evaluations needed; the trainer batches them over terms. */
  readonly needs: readonly Evaluation[];
  /** The update Delta (B, C, H, W): where to move x_gen. */
  readonly update: (context: TermContext) => Tensor;
}
