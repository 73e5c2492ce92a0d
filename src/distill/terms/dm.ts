import source from '../../../shaders/distill/dm.wgsl?raw';
import normaliser from '../../../shaders/distill/normaliser.wgsl?raw';
import type { Tensor } from '../../graph/tensor';
import { STREAMS } from '../streams';
import { requireSameShape, sampleKernel } from './sampleKernel';
import type { Term } from './term';

export interface DistributionMatching {
  /** The student's images x_gen (B, ...). */
  readonly gen: Tensor;
  /** The teacher's clean prediction at x_tau with the prompt (B, ...). */
  readonly realCond: Tensor;
  /** The critic's clean prediction at the same x_tau with the same prompt (B, ...). */
  readonly fakeCond: Tensor;
  /** Scalar. */
  readonly weight: Tensor;
  /** Scalar: 1 divides each sample by mean |gen - realCond|, 0 does not. */
  readonly normalise: Tensor;
}

/**
 * Distribution matching, the shield (Eq. 6, first term):
 *   Delta_DM = weight * (real_cond(x_tau) - fake_cond(x_tau)) / norm.
 * Shaped like gen; no gradient passes it. Throws ShapeError when the images' shapes differ.
 */
export const distributionMatching = (from: DistributionMatching): Tensor => {
  const { gen, realCond, fakeCond } = from;
  requireSameShape('distributionMatching', gen, [realCond, fakeCond]);
  return sampleKernel('distributionMatching', `${normaliser}\n${source}`, gen, [
    { name: 'gen', tensor: gen },
    { name: 'real_cond', tensor: realCond, evaluations: 2 },
    { name: 'fake_cond', tensor: fakeCond },
    { name: 'weight', tensor: from.weight },
    { name: 'normalise', tensor: from.normalise },
  ]);
};

/** DM as a term of the student's update. */
export const dmTerm: Term = {
  needs: ['teacherCond', 'criticCond'],
  draws: { tau: STREAMS.dmTau, noise: STREAMS.dmNoise },
  sharesPoint: ({ terms }) => (terms.dm.sharedTau ? 'ca' : null),
  update: ({ gen, predictions, weight, normalise }) =>
    distributionMatching({
      gen,
      realCond: predictions.teacherCond(),
      fakeCond: predictions.criticCond(),
      weight,
      normalise,
    }),
};
