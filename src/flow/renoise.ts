import source from '../../shaders/distill/renoise.wgsl?raw';
import { ceilDivide, spreadWorkgroups } from '../graph/kernel';
import { multiply } from '../graph/ops/pointwise';
import { refuseShapes, sameShape } from '../graph/shape';
import { makeTensor, tensorSize, type Tensor } from '../graph/tensor';
import { perSample } from './perSample';

const WORKGROUP = 64;

/**
 * x_tau = tau * x + (1 - tau) * noise: a clean x (B, ...) at noise levels tau (B), 0 = noise,
 * 1 = clean. The gradient reaches x only (tau * g); tau and noise are draws.
 * Throws ShapeError when the shapes do not fit.
 */
export const renoise = (x: Tensor, tau: Tensor, noise: Tensor): Tensor => {
  if (!sameShape(x.shape, noise.shape)) {
    refuseShapes('renoise', [x.shape, noise.shape], 'image and noise must have one shape');
  }
  const level = perSample('renoise', tau, x);
  const count = tensorSize(x);
  return makeTensor({
    operation: 'renoise',
    shape: x.shape,
    inputs: [x, tau, noise],
    gradient: (g) => [multiply(level, g), null, null],
    onnx: (emitter) => {
      const share = emitter.reshape(emitter.value(tau), tau.shape, level.shape);
      const rest = emitter.node('Sub', [emitter.floats(1), share]);
      const image = emitter.node('Mul', [share, emitter.value(x)]);
      return emitter.node('Add', [image, emitter.node('Mul', [rest, emitter.value(noise)])]);
    },
    lowering: {
      kind: 'kernel',
      kernel: {
        family: 'distill/renoise',
        operands: [
          { name: 'x', access: 'value' },
          { name: 'tau', access: 'value' },
          { name: 'noise', access: 'value' },
        ],
        dispatches: () => [
          {
            source,
            shape: [count, count / tensorSize(tau)],
            workgroups: spreadWorkgroups(ceilDivide(count, WORKGROUP)),
          },
        ],
        flops: 4 * count,
      },
    },
  });
};
