import { refuseShapes, sameShape } from '../shape';
import { makeTensor, type Tensor } from '../tensor';
import { layerNorm } from './layerNorm';
import { add, multiply } from './pointwise';
import { sum } from './reduce';
import { broadcastTo, reshape } from './views';

/**
 * LN(x) * (1 + scale) + shift, with x (B, T, D) and a scale and shift (B, 1, D) of each sample: one
 * dispatch, since the planner fuses it behind LayerNorm. Backward, both sums over the tokens are one.
 * Throws ShapeError when the shapes do not fit.
 */
export const modulate = (x: Tensor, shift: Tensor, scale: Tensor): Tensor => {
  const [batch = 1, , width = 1] = x.shape;
  const perSample = [batch, 1, width];
  if (x.shape.length !== 3 || ![shift, scale].every((by) => sameShape(by.shape, perSample))) {
    refuseShapes('modulate', [x.shape, shift.shape, scale.shape], 'must be (B, T, D), (B, 1, D)');
  }
  const normal = layerNorm(x);
  const [wideShift, wideScale] = [broadcastTo(shift, x.shape), broadcastTo(scale, x.shape)];
  return makeTensor({
    operation: 'modulate',
    shape: x.shape,
    inputs: [normal, shift, scale],
    gradient: (dy) => [multiply(dy, add(wideScale, 1)), ...modulationGradients(normal, dy)],
    onnx: (emitter) => {
      const factor = emitter.node('Add', [emitter.value(scale), emitter.floats(1)]);
      const scaled = emitter.node('Mul', [emitter.value(normal), factor]);
      return emitter.node('Add', [scaled, emitter.value(shift)]);
    },
    lowering: {
      kind: 'pointwise',
      cost: 3,
      aligned: true,
      emit: (emitter, index) => {
        const factor = `(${emitter.value(wideScale, index)} + 1.0)`;
        return `(${emitter.value(normal, index)} * ${factor} + ${emitter.value(wideShift, index)})`;
      },
    },
  });
};

/** dshift = sum_t dy and dscale = sum_t dy * LN(x): sums that the planner runs side by side. */
const modulationGradients = (normal: Tensor, dy: Tensor): Tensor[] => {
  const [batch = 1, , width = 1] = dy.shape;
  return [dy, multiply(dy, normal)].map((term) => reshape(sum(term, [1]), [batch, 1, width]));
};
