import source from '../../../shaders/distill/mean_variance.wgsl?raw';
import { add, divide, log, multiply, square, subtract } from '../../graph/ops/pointwise';
import { mean, meanAndVariance } from '../../graph/ops/reduce';
import { refuseShapes } from '../../graph/shape';
import { tensorSize, type Tensor } from '../../graph/tensor';
import { groupForStatistics, ungroup } from '../statistics';
import { sampleKernel } from './sampleKernel';
import type { Term } from './term';

export interface MeanVariance {
  /** The student's images x_gen (B, ...). */
  readonly gen: Tensor;
  /** Scalar mu*: mean of the data's values. */
  readonly targetMean: Tensor;
  /** Scalar s2* > 0: average unbiased variance of one image of the data. */
  readonly targetVariance: Tensor;
}

/**
 * Mean-variance regularizer (Eq. 7), a scalar, without weight:
 *   1/B sum_i 1/2 ((s2_i + (mu_i - mu*)^2) / s2* - 1 - log(s2_i / s2*)),
 * mu_i and s2_i the mean and unbiased variance over the values of image i. Differentiable in gen.
 */
export const meanVarianceLoss = ({ gen, targetMean, targetVariance }: MeanVariance): Tensor => {
  const { mean: mu, variance } = meanAndVariance(gen);
  const distance = divide(add(variance, square(subtract(mu, targetMean))), targetVariance);
  const ratio = divide(variance, targetVariance);
  return mean(multiply(0.5, subtract(subtract(distance, 1), log(ratio))));
};

/**
 * weight * dL/dgen of `meanVarianceLoss`, by a kernel of its own in place of autodiff: shaped like
 * gen. Throws ShapeError unless gen is (B, ...) with several values an image.
 */
export const meanVarianceGradient = (from: MeanVariance & { readonly weight: Tensor }): Tensor => {
  const { gen } = from;
  if (tensorSize(gen) / (gen.shape[0] ?? 1) < 2) {
    refuseShapes('meanVarianceGradient', [gen.shape], 'needs several values an image');
  }
  return sampleKernel('meanVariance', source, gen, [
    { name: 'x', tensor: gen, evaluations: 3 },
    { name: 'target_mean', tensor: from.targetMean },
    { name: 'target_variance', tensor: from.targetVariance },
    { name: 'weight', tensor: from.weight },
  ]);
};

/**
 * Mean-variance as a term of the student's update: Delta = -n * weight * dL/dx_gen. Eq. 7 takes its
 * statistics over each image's values; where a sample has too few (points), i counts the values of a
 * sample in place of the samples, and mu_i and s2_i are taken over the batch.
 */
export const meanVarianceTerm: Term = {
  needs: ['statistics'],
  update: ({ gen, statistics: { mean: targetMean, variance: targetVariance, over }, weight }) => {
    const update = meanVarianceGradient({
      gen: groupForStatistics(gen, over),
      targetMean,
      targetVariance,
      weight: multiply(weight, -tensorSize(gen)),
    });
    return ungroup(update, gen, over);
  },
};
