import source from '../../../shaders/distill/ca.wgsl?raw';
import normaliser from '../../../shaders/distill/normaliser.wgsl?raw';
import type { Tensor } from '../../graph/tensor';
import { STREAMS } from '../streams';
import { requireSameShape, sampleKernel } from './sampleKernel';
import type { Term } from './term';

export interface CfgAugmentation {
  /** The student's images x_gen (B, ...). */
  readonly gen: Tensor;
  /** The teacher's clean prediction at x_tau with the prompt (B, ...). */
  readonly realCond: Tensor;
  /** The teacher's clean prediction at the same x_tau with the null prompt (B, ...). */
  readonly realUncond: Tensor;
  /** Scalar alpha; at 1 the update is zero. */
  readonly guidanceScale: Tensor;
  /** Scalar. */
  readonly weight: Tensor;
  /** Scalar: 1 divides each sample by mean |gen - realCond|, 0 does not. */
  readonly normalise: Tensor;
}

/**
 * CFG augmentation, the spear (Eq. 6, second term):
 *   Delta_CA = weight * (alpha - 1) * (real_cond(x_tau) - real_uncond(x_tau)) / norm.
 * Shaped like gen; no gradient passes it. Throws ShapeError when the images' shapes differ.
 */
export const cfgAugmentation = (from: CfgAugmentation): Tensor => {
  const { gen, realCond, realUncond } = from;
  requireSameShape('cfgAugmentation', gen, [realCond, realUncond]);
  return sampleKernel('cfgAugmentation', `${normaliser}\n${source}`, gen, [
    { name: 'gen', tensor: gen },
    { name: 'real_cond', tensor: realCond, evaluations: 2 },
    { name: 'real_uncond', tensor: realUncond },
    { name: 'alpha', tensor: from.guidanceScale },
    { name: 'weight', tensor: from.weight },
    { name: 'normalise', tensor: from.normalise },
  ]);
};

/** CA as a term of the student's update. */
export const caTerm: Term = {
  needs: ['teacherCond', 'teacherUncond'],
  draws: { tau: STREAMS.caTau, noise: STREAMS.caNoise },
  update: ({ gen, predictions, guidanceScale, weight, normalise }) =>
    cfgAugmentation({
      gen,
      realCond: predictions.teacherCond(),
      realUncond: predictions.teacherUncond(),
      guidanceScale,
      weight,
      normalise,
    }),
};
