import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { FeatureStatistics } from './featureStatistics';
import { MetricError } from './metricError';

/** Statistics to compare with, and the square root of their covariance, computed once. */
export interface FrechetReference {
  readonly statistics: FeatureStatistics;
  /** Symmetric S^1/2 (F, F). */
  readonly root: Matrix;
}

const matrixOf = ({ covariance, mean }: FeatureStatistics): Matrix =>
  Matrix.from1DArray(mean.length, mean.length, covariance);

/** Square roots of eigenvalues; those that rounding made negative count as zero. */
const roots = (eigenvalues: readonly number[]): number[] =>
  eigenvalues.map((value) => Math.sqrt(Math.max(value, 0)));

/** Prepares a set that many others will be compared with. */
export const frechetReference = (statistics: FeatureStatistics): FrechetReference => {
  const { realEigenvalues, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(
    matrixOf(statistics),
    { assumeSymmetric: true },
  );
  const root = vectors.mmul(Matrix.diag(roots(realEigenvalues))).mmul(vectors.transpose());
  return { statistics, root };
};

/**
 * Fréchet distance between Gaussians fitted to two sets of features (Heusel et al. 2017, "GANs
 * trained by a two time-scale update rule ..."; Dowson and Landau 1982):
 *   d^2 = |m1 - m2|^2 + tr(S1 + S2 - 2 (S1^1/2 S2 S1^1/2)^1/2),
 * 0 (equal mean and covariance) upwards, in squared units of the features. The product in the trace
 * is symmetric and positive semidefinite, so singular covariances (fewer samples than features)
 * need no regularisation. The finite sample biases it upwards: compare only equal sample sizes.
 * Throws MetricError when the numbers of features differ.
 */
export const frechetDistance = (
  { mean, covariance }: FeatureStatistics,
  { statistics, root }: FrechetReference,
): number => {
  const size = mean.length;
  if (statistics.mean.length !== size) {
    throw new MetricError(`${size} features cannot be compared with ${statistics.mean.length}.`);
  }
  let distance = 0;
  for (let i = 0; i < size; i++) {
    const diagonal = i * size + i;
    distance += ((mean[i] ?? 0) - (statistics.mean[i] ?? 0)) ** 2;
    distance += (covariance[diagonal] ?? 0) + (statistics.covariance[diagonal] ?? 0);
  }
  const product = root.mmul(Matrix.from1DArray(size, size, covariance)).mmul(root);
  const { realEigenvalues } = new EigenvalueDecomposition(product, { assumeSymmetric: true });
  const overlap = roots(realEigenvalues).reduce((sum, value) => sum + value, 0);
  // Equal sets give a rounding error of either sign.
  return Math.max(0, distance - 2 * overlap);
};
