import tauLevel from '../../shaders/distill/tau_level.wgsl?raw';
import source from '../../shaders/distill/sample_tau.wgsl?raw';
import { checkSource, randomWorkgroups, withNormals, type RandomSource } from '../graph/ops/random';
import { makeTensor, type Tensor } from '../graph/tensor';

/** The range of noise levels and their distribution; scalars, so that a user may move all of it. */
export interface TauSource extends RandomSource {
  /** Place in `DISTRIBUTIONS` of `tauDistribution.ts`. */
  readonly distribution: Tensor;
  /** Lower end of tau, in [0, 1] (0 = noise). */
  readonly lo: Tensor;
  /** Upper end of tau, in [lo, 1] (1 = clean). */
  readonly hi: Tensor;
  /** 1 binds the lower end to the student's time t: (max(t, lo), hi]; 0 does not. */
  readonly aboveT: Tensor;
  /** The student's time t, in [0, 1]. */
  readonly t: Tensor;
  /** Mean and standard deviation of logit(u), for `logitNormal`; a mean below 0 leans to noise. */
  readonly logitMean: Tensor;
  readonly logitStd: Tensor;
  /** Timestep shift > 0, for `shifted`; above 1 leans to noise. */
  readonly shift: Tensor;
}

/** The scalars that a kernel draws levels by, under the names they have there. */
export const tauScalars = (from: TauSource): [string, Tensor][] => [
  ['distribution', from.distribution],
  ['lo', from.lo],
  ['hi', from.hi],
  ['above_t', from.aboveT],
  ['t', from.t],
  ['logit_mean', from.logitMean],
  ['logit_std', from.logitStd],
  ['shift', from.shift],
  ['seed', from.seed],
  ['step', from.step],
];

/** WGSL source of a kernel that draws noise levels. */
export const withTauLevels = (source: string): string => withNormals(`${tauLevel}\n${source}`);

/**
 * Noise levels tau = low + u (hi - low) (samples), low = lo, or max(t, lo) with `aboveT`: nearer to
 * clean data than the student's own step (Eq. 8, constrained). u in (0, 1] is uniform, or
 * sigmoid(logitMean + logitStd z), or u / (u + shift (1 - u)) of a uniform u (the timestep shift of
 * Esser et al. 2024, whose t = 1 is noise). hi where that range is empty.
 */
export const sampleTau = (samples: number, from: TauSource): Tensor => {
  checkSource('sampleTau', from);
  const scalars = tauScalars(from);
  return makeTensor({
    operation: 'sampleTau',
    shape: [samples],
    inputs: scalars.map(([, tensor]) => tensor),
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'distill/sampleTau',
        operands: scalars.map(([name]) => ({ name, access: 'value' })),
        dispatches: () => [
          {
            source: withTauLevels(source),
            shape: [samples, from.stream],
            workgroups: randomWorkgroups(samples),
          },
        ],
        flops: 30 * samples,
      },
    },
  });
};
