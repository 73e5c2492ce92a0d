import type { GuidanceScale, NoiseLevel } from '../../flow/time';
import type { Mixture, MixtureComponent } from './mixture';

/**
 * Densities of a mixture in the plane, in closed form and float64: the reference of the kernels, and
 * what the page draws. All are logarithms, so that nothing underflows far from the data.
 *
 * With weights w_k, means mu_k, covariances S_k and class c = null for all classes together:
 *   p(x | c) = sum over k in c of w_k N(x; mu_k, S_k) / sum over k in c of w_k
 */

/** A function of a point of the plane. */
export type Field = (x: number, y: number) => number;

/** The class that a density is of; null: all of them, the unconditional one. */
export type ClassChoice = number | null;

/**
 * The mixture of x_tau = tau x + (1 - tau) eps: component k is N(tau mu_k, tau^2 S_k + (1 - tau)^2 I).
 * At tau = 1 it is the mixture itself, at tau = 0 one standard normal.
 */
export const renoised = (mixture: Mixture, tau: NoiseLevel): Mixture => {
  const noise = (1 - tau) ** 2;
  return {
    classes: mixture.classes,
    components: mixture.components.map(({ mean: [x, y], covariance: [xx, xy, yy], ...rest }) => ({
      ...rest,
      mean: [tau * x, tau * y],
      covariance: [tau ** 2 * xx + noise, tau ** 2 * xy, tau ** 2 * yy + noise],
    })),
  };
};

/** log p(x | c). Throws a RangeError for a class that has no component. */
export const logDensityOf = (mixture: Mixture, of: ClassChoice): Field => {
  const gaussians = gaussiansOf(mixture, of);
  // Reused at every point: a grid has thousands.
  const terms = new Float64Array(gaussians.length);
  return (x, y) => {
    gaussians.forEach((one, k) => (terms[k] = logTerm(one, x, y)));
    return logSumExp(terms);
  };
};

/**
 * What guidance aims at, up to a constant: log [p(x) (p(x | c) / p(x))^alpha]. Its score is the guided
 * one, but only at one noise level: guidance at every level does not sample exactly this density.
 */
export const guidedLogDensity = (
  conditional: number,
  unconditional: number,
  alpha: GuidanceScale,
): number => alpha * conditional + (1 - alpha) * unconditional;

/** A component ready to be evaluated. */
interface Gaussian {
  readonly mean: readonly [number, number];
  /** Inverse covariance: xx, xy, yy. */
  readonly precision: readonly [number, number, number];
  /** log of its share of the chosen classes, over 2 pi sqrt(det S). */
  readonly logScale: number;
}

const gaussiansOf = ({ components }: Mixture, of: ClassChoice): readonly Gaussian[] => {
  const chosen = components.filter((one) => of === null || one.class === of);
  if (chosen.length === 0) throw new RangeError(`The mixture has no component of class ${of}.`);
  const total = chosen.reduce((sum, { weight }) => sum + weight, 0);
  return chosen.map((one) => gaussianOf(one, total));
};

const gaussianOf = ({ weight, mean, covariance }: MixtureComponent, total: number): Gaussian => {
  const [xx, xy, yy] = covariance;
  const determinant = xx * yy - xy * xy;
  return {
    mean,
    precision: [yy / determinant, -xy / determinant, xx / determinant],
    logScale: Math.log(weight / total) - Math.log(2 * Math.PI) - Math.log(determinant) / 2,
  };
};

const logTerm = ({ mean, precision: [a, b, c], logScale }: Gaussian, x: number, y: number) => {
  const [dx, dy] = [x - mean[0], y - mean[1]];
  return logScale - (a * dx * dx + 2 * b * dx * dy + c * dy * dy) / 2;
};

const logSumExp = (terms: Float64Array): number => {
  let most = -Infinity;
  for (const term of terms) most = Math.max(most, term);
  let sum = 0;
  for (const term of terms) sum += Math.exp(term - most);
  return most + Math.log(sum);
};
