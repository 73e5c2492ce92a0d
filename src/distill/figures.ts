import type { TauTermId } from './config';

/** Figures of one iteration. Null: not computed, because nothing that is switched on needs it. */
export interface IterationFigures {
  readonly iteration: number;
  /** Root mean square of each term's weighted update Delta (dL/dx_gen = -Delta / n). */
  readonly caNorm: number | null;
  readonly dmNorm: number | null;
  readonly meanVarianceNorm: number | null;
  readonly ganNorm: number | null;
  /** Cosine between the updates of CA and DM over the whole batch; null unless both are on. */
  readonly updateCosine: number | null;
  /** Mean flow-matching loss over this iteration's critic updates. */
  readonly criticLoss: number | null;
  /** Mean loss over this iteration's discriminator updates, its R1 penalty included. */
  readonly discriminatorLoss: number | null;
  /** Share of logits on the right side of 0 (real above, fake below), over the same updates. */
  readonly discriminatorAccuracy: number | null;
  /** Mean of the batch's values, and mean unbiased variance of an image. */
  readonly imageMean: number;
  readonly imageVariance: number;
  /** The noise levels that this update drew (batch), by term, as the GPU drew them. */
  readonly taus: Readonly<Partial<Record<TauTermId, Float32Array<ArrayBuffer>>>>;
}
