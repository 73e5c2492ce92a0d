import type { TauDistribution } from '../../src/flow/tauDistribution';
import type { PhiloxStream } from '../../src/graph/philox';
import { mean, rows, variance } from './reduce';

/** x_tau = tau x + (1 - tau) noise, by sample. */
export const renoise = (
  x: ArrayLike<number>,
  tau: ArrayLike<number>,
  noise: ArrayLike<number>,
): number[] => {
  const noises = rows(noise, tau.length);
  return rows(x, tau.length).flatMap((row, b) => {
    const level = tau[b] ?? 0;
    return row.map((value, i) => level * value + (1 - level) * (noises[b]?.[i] ?? 0));
  });
};

/** xhat = x_tau + (1 - tau) v, by sample. */
export const cleanPrediction = (
  xTau: ArrayLike<number>,
  tau: ArrayLike<number>,
  velocity: ArrayLike<number>,
): number[] => {
  const velocities = rows(velocity, tau.length);
  return rows(xTau, tau.length).flatMap((row, b) =>
    row.map((value, i) => value + (1 - (tau[b] ?? 0)) * (velocities[b]?.[i] ?? 0)),
  );
};

export interface TauRange {
  readonly distribution: TauDistribution;
  readonly lo: number;
  readonly hi: number;
  readonly aboveT: boolean;
  readonly t: number;
  readonly logitMean: number;
  readonly logitStd: number;
  readonly shift: number;
}

/** Share u of clean data, in [0, 1], of one draw. */
const cleanShare = (
  { distribution, logitMean, logitStd, shift }: TauRange,
  draws: PhiloxStream,
): number => {
  if (distribution === 'logitNormal') {
    return 1 / (1 + Math.exp(-(logitMean + logitStd * draws.normal())));
  }
  const u = 1 - draws.uniform();
  return distribution === 'shifted' ? u / (u + shift * (1 - u)) : u;
};

/** Twin of the tau sampler: low + u (hi - low), hi where that range is empty. */
export const sampleTau = (samples: number, range: TauRange, draws: PhiloxStream): number[] => {
  const low = range.aboveT ? Math.max(range.t, range.lo) : range.lo;
  const width = Math.max(range.hi - low, 0);
  return Array.from({ length: samples }, () => range.hi - (1 - cleanShare(range, draws)) * width);
};

/** Norm of DMD2: mean |gen - realCond| of each sample. */
export const norms = (
  gen: ArrayLike<number>,
  realCond: ArrayLike<number>,
  samples: number,
): number[] => {
  const references = rows(realCond, samples);
  return rows(gen, samples).map((row, b) =>
    mean(row.map((value, i) => Math.abs(value - (references[b]?.[i] ?? 0)))),
  );
};

/** scale * (a - b) / norm, by sample. */
export const update = (
  scale: number,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  norm: readonly number[],
): number[] =>
  Array.from(a).map((value, i) => {
    const sample = Math.floor(i / (a.length / norm.length));
    return (scale * (value - (b[i] ?? 0))) / (norm[sample] ?? 1);
  });

/** Eq. 7. */
export const meanVarianceLoss = (
  gen: ArrayLike<number>,
  samples: number,
  targetMean: number,
  targetVariance: number,
): number =>
  mean(
    rows(gen, samples).map((row) => {
      const ratio = variance(row) / targetVariance;
      const shift = (mean(row) - targetMean) ** 2 / targetVariance;
      return 0.5 * (ratio + shift - 1 - Math.log(ratio));
    }),
  );

export const softplus = (x: number): number => Math.log1p(Math.exp(x));

/** Non-saturating loss of the student: mean softplus(-logit). */
export const generatorLoss = (logits: readonly number[]): number =>
  mean(logits.map((logit) => softplus(-logit)));

/** mean(softplus(fake) + softplus(-real) + r1 (real - near)^2). */
export const discriminatorLoss = (
  fake: ArrayLike<number>,
  real: ArrayLike<number>,
  near: ArrayLike<number>,
  r1: number,
): number =>
  mean(
    Array.from(fake).map((f, b) => {
      const [r = NaN, n = NaN] = [real[b], near[b]];
      return softplus(f) + softplus(-r) + r1 * (r - n) ** 2;
    }),
  );
