import source from '../../shaders/distill/draw_renoised.wgsl?raw';
import { checkSource, randomWorkgroups } from '../graph/ops/random';
import { multiply } from '../graph/ops/pointwise';
import { makeTensor, resultOf, tensorSize, type Tensor } from '../graph/tensor';
import { perSample } from './perSample';
import { tauScalars, withTauLevels, type TauSource } from './sampleTau';

/** Samples (B, ...) renoised to noise levels of their own (B), and the noise that was used. */
export interface Renoised {
  readonly x: Tensor;
  readonly tau: Tensor;
  readonly noise: Tensor;
}

/**
 * x_tau = tau * x + (1 - tau) * noise of x (B, ...), with tau as `sampleTau` draws it and noise as
 * `randomNormal` draws it of another stream of the same seed and step: `renoise` and its draws in one
 * dispatch. The gradient reaches x only. Throws RangeError when the stream is no u32.
 */
export const drawRenoised = (x: Tensor, from: TauSource, noiseStream: number): Renoised => {
  checkSource('drawRenoised', from);
  checkSource('drawRenoised', { ...from, stream: noiseStream });
  const scalars = tauScalars(from);
  const [samples = 1] = x.shape;
  const count = tensorSize(x);
  const renoised: Tensor = makeTensor({
    operation: 'drawRenoised',
    shape: x.shape,
    inputs: [x, ...scalars.map(([, tensor]) => tensor)],
    gradient: (g) => [multiply(perSample('drawRenoised', tau, x), g), ...scalars.map(() => null)],
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'distill/renoise',
        operands: ['x', ...scalars.map(([name]) => name)].map((name) => ({
          name,
          access: 'value',
        })),
        results: ['tau', 'noise'],
        dispatches: () => [
          {
            source: withTauLevels(source),
            shape: [count, count / samples, from.stream, noiseStream],
            workgroups: randomWorkgroups(count),
          },
        ],
        flops: 20 * count,
      },
    },
  });
  const tau = resultOf(renoised, 'tau', [samples], true);
  return { x: renoised, tau, noise: resultOf(renoised, 'noise', x.shape, true) };
};
