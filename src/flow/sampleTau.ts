import source from '../../shaders/distill/sample_tau.wgsl?raw';
import { checkSource, randomWorkgroups, withPhilox, type RandomSource } from '../graph/ops/random';
import { makeTensor, type Tensor } from '../graph/tensor';

/** The range of noise levels; scalars, so that a user may move them while it trains. */
export interface TauSource extends RandomSource {
  /** Lower end of tau, in [0, 1] (0 = noise). */
  readonly lo: Tensor;
  /** Upper end of tau, in [lo, 1] (1 = clean). */
  readonly hi: Tensor;
  /** 1 binds the lower end to the student's time t: (max(t, lo), hi]; 0 does not. */
  readonly aboveT: Tensor;
  /** The student's time t, in [0, 1]. */
  readonly t: Tensor;
}

/**
 * Noise levels tau (samples), uniform on [lo, hi], or with `aboveT` on (max(t, lo), hi]: nearer to
 * clean data than the student's own step (Eq. 8, constrained). hi where that range is empty.
 */
export const sampleTau = (samples: number, from: TauSource): Tensor => {
  checkSource('sampleTau', from);
  const scalars: [string, Tensor][] = [
    ['lo', from.lo],
    ['hi', from.hi],
    ['above_t', from.aboveT],
    ['t', from.t],
    ['seed', from.seed],
    ['step', from.step],
  ];
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
            source: withPhilox(source),
            shape: [samples, from.stream],
            workgroups: randomWorkgroups(samples),
          },
        ],
        flops: 5 * samples,
      },
    },
  });
};
